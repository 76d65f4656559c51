//! Source to clean text: what the page did to the words is undone.
