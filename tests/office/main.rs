//! The office over HTTP and on the command line, laid out as its addresses and commands are.

mod cli;
mod front;
mod routes;
