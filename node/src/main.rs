//! The `noaber` program: node and command line in one.

use std::process::ExitCode;

fn main() -> ExitCode {
    noaber_node::cli::main()
}
