"""Things to test with, made by the verbs of the product. Each needs an application context."""
