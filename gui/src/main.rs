//! Noaber's window will be here. Until then this program says where to go, and fails: nobody shall
//! believe that it did something.

use std::process::ExitCode;

fn main() -> ExitCode {
    eprintln!(
        "Noaber has no window yet. Use the `noaber` command: `noaber demo` shows a sample street."
    );
    ExitCode::FAILURE
}
