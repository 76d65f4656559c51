//! Chinese, Arabic, Roman and spelled-out numbers as values.
