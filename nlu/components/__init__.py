"""The pipeline of config.yml, in its order: tokenizer, classifier, forward gate, exact answers, entities."""
