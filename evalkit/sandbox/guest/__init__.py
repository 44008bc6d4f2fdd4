"""The code that runs *inside* a sandbox, beside model-written code, and the wire both sides share.

Nothing here may be trusted once a model's program has been loaded: the program can patch every function of its own
process. What keeps a verdict honest is on the other side of the wire (`plain.decode`, `evalkit.sandbox.compare`, the
judge in a process of its own). These modules import the standard library and each other only.
"""
