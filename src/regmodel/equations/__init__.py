"""The equations of the model, one room a subject; every one is a pure function that projection and programme share."""
