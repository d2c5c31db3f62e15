#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gamma_ok_fuzz::markdown(data));
