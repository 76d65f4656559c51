//! Integration tests, one binary.

mod tables;
