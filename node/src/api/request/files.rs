//! About spreadsheets.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

/// What can be brought in.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum ImportRequest {
    /// Things to lend or give, one a row
    #[command(after_help = SHEET_HELP)]
    Items {
        /// The spreadsheet
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
    },
}

/// What can be taken out.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum ExportRequest {
    /// The things that you offer, one a row; `noaber import items` reads it (photos are not in it)
    Items {
        /// Save it here; printed when left out
        #[arg(long, value_name = "FILE.csv")]
        out: Option<PathBuf>,
        /// What stands between columns: semicolons where numbers are written like 1,5
        #[arg(long, default_value = "comma")]
        separator: SeparatorName,
    },
}

/// What stands between columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum SeparatorName {
    /// ,
    Comma,
    /// ;
    Semicolon,
}

/// The contract of a spreadsheet of things.
const SHEET_HELP: &str = "\
The first row names the columns, in any order; all but the title may be left out:

  title      what it is, in one line
  about      a few words about it
  category   one word to find it by
  quantity   how many there are; 1 when empty
  instant    yes: confirmed by itself when it is free
  give_away  yes: whoever gets it keeps it
  photo      a file, seen from where the spreadsheet is; several with | between them
  ref        a name or number of your own, by which a row is known again

The file is CSV in UTF-8, with commas or semicolons, of at most 8 MiB and 5,000 rows. Bringing in a
file again doubles nothing: a row is known by its ref, else by title and category. What differs is
changed; photos are added, never taken away. Rows that are not right are told, the others are taken.
An apostrophe before = + - @ keeps spreadsheet programs from calculating, and is not taken over.";
