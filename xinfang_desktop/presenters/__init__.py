"""The Qt-free twin of each screen: its state, its commands, its messages."""
