"""Reports: pure functions from a verdict to text. Writing them to disk is the command's business."""
