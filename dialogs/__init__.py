"""How a conversation goes: a pure state machine over a scheme's questions and rules."""
