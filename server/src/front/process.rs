//! What the program gives up for itself when it starts: nobody else reads its files, and its memory never lands on disk.

use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, setrlimit, umask};

/// Files and directories that the program makes are its user's alone.
pub fn keep_files_private() {
    umask(Mode::RWXG | Mode::RWXO);
}

/// No core dump, which could hold a PIN that was on its way when the program fell. One byte, not none: the kernel takes
/// that as "not even through a program that collects dumps" (core(5)).
pub fn forbid_core_dumps() {
    let none = Rlimit { current: Some(1), maximum: Some(1) };
    if let Err(error) = setrlimit(Resource::Core, none) {
        tracing::warn!(%error, "core dumps could not be forbidden");
    }
}
