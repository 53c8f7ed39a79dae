"""The guide in Telegram: an update in, messages and buttons out; nothing is decided here.

incoming    an update as the one thing it says
guide       that as an event of a conversation, handled once; confirmed only after the commit
rendering   a reply as Telegram messages: HTML, buttons, 4096 characters
outbox      what waits to be sent is sent, in order, until Telegram has it
running     polling or webhook, from start to end
port        what a library must be able to do; aiogram_adapter and ptb_adapter do it
"""
