//! Chance by name: the same words give the same number, whatever else was asked before, so that a new standard changes no
//! other standard's answers.

/// A number from 0 up to 1 for those words. FNV-1a over the words, mixed by the finaliser of SplitMix64.
pub fn chance(words: &[&str]) -> f64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words {
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((hash ^ (hash >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// One of a list.
pub fn one_of<'a, T>(list: &'a [T], words: &[&str]) -> &'a T {
    &list[(chance(words) * list.len() as f64) as usize]
}
