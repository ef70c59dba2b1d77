"""Rasa's side of Lianfang: pipeline components, the input channel, and how the core is trained and served."""
