//! What the world feeds the program by mistake or by malice, kind by kind: a table of attacks
//! each, with what must happen.

mod endless;
mod fuzz;
mod links;
mod mutated;
mod own_files;
mod same_bytes;
