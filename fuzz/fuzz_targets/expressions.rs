#![no_main]

use gamma_ok_fuzz::{expressions, parts};

libfuzzer_sys::fuzz_target!(|data: &[u8]| parts::mostly(data, parts::condition, expressions));
