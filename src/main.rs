//! The program's edge: everything it does is in the library, under `gamma_ok::cli`.

fn main() -> std::process::ExitCode {
    gamma_ok::cli::main()
}
