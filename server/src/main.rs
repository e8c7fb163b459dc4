//! The program: `madoguchi`.

use std::alloc::System;
use std::process::ExitCode;
use zeroizing_alloc::ZeroAlloc;

/// Whatever memory is given back is wiped first: the buffers of a form with PINs pass through libraries that don't know
/// what they hold.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    server::cli::main()
}
