//! Clean text to segments.
