//! The address that a reverse proxy gives the desk: what `Host` and `Origin` must say then.

use axum::http::Uri;

use crate::message::Message;
use crate::say;

/// Where the desk is found from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    origin: String,
    host: String,
    is_encrypted: bool,
}

impl Behind {
    /// Reads an address such as `https://standards.example`.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(written: &str) -> Result<Self, Message> {
        let wrong = || say!("`{written}` is no address of a page: write it as https://standards.example", written);
        let uri: Uri = written.parse().map_err(|_| wrong())?;
        let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme)).ok_or_else(wrong)?;
        let authority = uri.authority().ok_or_else(wrong)?;
        if authority.as_str().contains('@') || !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(wrong());
        }
        let is_encrypted = scheme == "https";
        // Browsers leave the usual port out.
        let usual = if is_encrypted { 443 } else { 80 };
        let host = match authority.port_u16() {
            Some(port) if port != usual => format!("{}:{port}", authority.host()),
            _ => authority.host().to_owned(),
        }
        .to_ascii_lowercase();
        Ok(Behind { origin: format!("{scheme}://{host}"), host, is_encrypted })
    }

    /// Scheme, name and port, as `Origin` says them.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether a `Host` is this one.
    pub(super) fn is_host(&self, host: &str) -> bool {
        self.host.eq_ignore_ascii_case(host)
    }

    /// Whether the way to it is encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_host_and_origin_are() {
        let behind = Behind::read("https://Standards.example:443/").expect("an address");
        assert_eq!(behind.origin(), "https://standards.example");
        assert!(behind.is_host("standards.example") && behind.is_encrypted());
        assert!(!behind.is_host("standards.example:8443") && !behind.is_host("127.0.0.1"));
        let other = Behind::read("http://desk.local:8080").expect("an address");
        assert_eq!((other.origin(), other.is_encrypted()), ("http://desk.local:8080", false));
        for wrong in
            ["standards.example", "ftp://a.example", "https://a.example/path", "https://me@a.example", "", "https://"]
        {
            assert!(Behind::read(wrong).is_err(), "{wrong}");
        }
    }
}
