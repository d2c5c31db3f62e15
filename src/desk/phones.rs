//! Phones on the same network: a number lets one in, under a name, to fill in and hand in rounds and see its own.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::gate::is_same;

/// So many wrong numbers in all, and nobody is paired until pairing is opened again at the desk.
const MAX_WRONG: u32 = 10;

/// So long a name is kept.
const MAX_NAME: usize = 40;

/// So many phones at a time.
pub(super) const MAX_PHONES: usize = 32;

/// Why a phone was not paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pairing {
    /// The number is another.
    Wrong,
    /// Nobody is paired just now.
    Closed,
}

/// A phone that was let in.
#[derive(Clone, Debug)]
pub(super) struct Phone {
    /// Its number, by which its session is known.
    pub number: u32,
    /// What it is called.
    pub name: String,
    /// The records that it handed in.
    pub records: Vec<String>,
}

/// The phones of a desk.
#[derive(Debug)]
pub(super) struct Phones {
    /// The name of this computer on the local network.
    pub name: Option<String>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    pin: Option<String>,
    wrong: u32,
    last: u32,
    phones: Vec<Phone>,
}

impl Phones {
    /// None yet; pairing is open.
    ///
    /// # Errors
    /// When the system has nothing random.
    pub fn new() -> Result<Self, getrandom::Error> {
        let state = State { pin: Some(pin()?), wrong: 0, last: 0, phones: Vec::new() };
        Ok(Phones { name: host_name(), state: Mutex::new(state) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number to type in; none while pairing is closed.
    pub fn pin(&self) -> Option<String> {
        self.state().pin.clone()
    }

    /// Opens pairing with another number, or closes it.
    pub fn set_open(&self, is_open: bool) {
        let mut state = self.state();
        state.pin = if is_open { pin().ok() } else { None };
        state.wrong = 0;
    }

    /// The phones, the first one first.
    pub fn all(&self) -> Vec<Phone> {
        self.state().phones.clone()
    }

    /// A phone's number, where it says the right one.
    pub fn pair(&self, typed: &str, name: &str) -> Result<u32, Pairing> {
        let mut state = self.state();
        let Some(pin) = &state.pin else { return Err(Pairing::Closed) };
        if !is_same(pin, typed) {
            state.wrong += 1;
            if state.wrong >= MAX_WRONG {
                state.pin = None;
                return Err(Pairing::Closed);
            }
            return Err(Pairing::Wrong);
        }
        if state.phones.len() >= MAX_PHONES {
            return Err(Pairing::Closed);
        }
        state.last += 1;
        let number = state.last;
        let plain: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
        let name = if plain.trim().is_empty() { number.to_string() } else { plain.trim().to_owned() };
        state.phones.push(Phone { number, name, records: Vec::new() });
        Ok(number)
    }

    /// Forgets a phone.
    pub fn remove(&self, number: u32) {
        self.state().phones.retain(|phone| phone.number != number);
    }

    /// Remembers that a phone handed this record in.
    pub fn has_handed_in(&self, number: u32, record: &str) {
        let mut state = self.state();
        if let Some(phone) = state.phones.iter_mut().find(|phone| phone.number == number)
            && !phone.records.iter().any(|known| known == record)
        {
            phone.records.push(record.to_owned());
        }
    }

    /// The records that a phone handed in.
    pub fn records_of(&self, number: u32) -> Vec<String> {
        let state = self.state();
        state.phones.iter().find(|phone| phone.number == number).map(|phone| phone.records.clone()).unwrap_or_default()
    }
}

/// Six digits, each as likely as any.
fn pin() -> Result<String, getrandom::Error> {
    /// Above this, the first of a million would come more often than the last.
    const FAIR: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes)?;
        let number = u32::from_le_bytes(bytes);
        if number < FAIR {
            return Ok(format!("{:06}", number % 1_000_000));
        }
    }
}

/// The address of this computer on its network, as the system would send from. Nothing is sent.
pub(super) fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that is kept for documentation, and nobody has.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

/// What this computer is called where names end in `.local`.
fn host_name() -> Option<String> {
    let name = gethostname::gethostname().to_string_lossy().to_ascii_lowercase();
    let name = name.split('.').next().unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!name.is_empty() && name != "localhost" && name.chars().all(fits)).then(|| format!("{name}.local"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_wrong_numbers_close_pairing_and_the_desk_opens_it_again() {
        let phones = Phones::new().expect("random");
        let pin = phones.pin().expect("open");
        let wrong = if pin == "000000" { "000001" } else { "000000" };
        for _ in 0..9 {
            assert_eq!(phones.pair(wrong, "porter's"), Err(Pairing::Wrong));
        }
        assert_eq!(phones.pair(wrong, "porter's"), Err(Pairing::Closed));
        assert_eq!(phones.pair(&pin, "porter's"), Err(Pairing::Closed), "the right one comes too late");
        phones.set_open(true);
        let pin = phones.pin().expect("open");
        let number = phones.pair(&pin, " porter's\u{7} phone ").expect("paired");
        assert_eq!(phones.all()[0].name, "porter's phone");
        phones.has_handed_in(number, "audits/a.yaml");
        assert_eq!(phones.records_of(number), ["audits/a.yaml"]);
        phones.remove(number);
        assert!(phones.all().is_empty() && phones.records_of(number).is_empty());
    }
}
