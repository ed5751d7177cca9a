"""QCEW area slices from the open-data service: decided first, then asked for; fetch alone uses it.

``plan`` says which files, ``cache`` which of them need asking, ``answers`` what an answer means,
``content`` whether a body is the table asked for, ``failures`` what to say; ``download`` acts.
"""
