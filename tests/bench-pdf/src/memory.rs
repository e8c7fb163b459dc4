//! Peak memory of a run, measured in a process of its own.

use std::process::Command;

use crate::letters;

/// Prints so many letters to nowhere and says how much memory that took at most, in KiB.
pub fn run(count: u32) {
    let (fonts, options) = (letters::fonts(), forms::PrintOptions::new(letters::made_at(), false));
    let letters = (1..=count).map(letters::letter);
    forms::notice::print_to(std::io::sink(), letters, &fonts, &options).expect("printed");
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    println!("{}", peak.trim().trim_end_matches(" kB").trim());
}

pub fn peak(count: u32) -> u64 {
    let own = std::env::current_exe().expect("this program");
    let output = Command::new(own).args(["memory", &count.to_string()]).output().expect("this program again");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number")
}
