//! The program's edge: everything it does is in the library, under `gamma_ok::cli`.

/// Reading a book and laying out its documents make many small texts; a quarter of the time went into the system's
/// allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    gamma_ok::cli::main()
}
