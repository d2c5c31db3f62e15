#![no_main]

use gamma_ok_fuzz::{forms, parts};

libfuzzer_sys::fuzz_target!(|data: &[u8]| parts::mostly(data, parts::form, forms));
