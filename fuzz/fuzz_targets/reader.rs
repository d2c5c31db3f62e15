#![no_main]

use gamma_ok_fuzz::{parts, reader};

libfuzzer_sys::fuzz_target!(|data: &[u8]| parts::mostly(data, parts::yaml, reader));
