//! The address of a page on the web, as a source's `url` gives it: read with distrust before anything is started with it.
//!
//! The promise: what is a [`WebAddress`] is `http` or `https`, has no user in it, is plain ASCII without blanks or
//! controls, and its host is the one a browser would go to (in punycode, numbers as the address they mean).
//!
//! Method: what no address of a page holds is refused before anything is parsed; then the WHATWG URL standard with
//! UTS 46 for the host, by `url`. Imports `text`; starts nothing.

use std::fmt;

use url::{Host, Url};

use crate::text;

/// Bytes of an address; browsers take less.
const LONGEST: usize = 8 << 10;

/// What [`text::safe`] puts in the place of a character that would be hidden begins so.
const ESCAPE: &str = "‹U+";

/// The address of a page on the web, harmless to show and to hand to a program as one argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress {
    url: String,
    host: String,
    written: String,
    is_near: bool,
}

/// Why a text is no address that is opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is nothing.
    #[error("the address is empty")]
    Empty,
    /// It could be taken for an option.
    #[error("an address does not begin with a dash")]
    Dash,
    /// A blank, a line's end, a control or a hidden character.
    #[error("blanks, line ends and hidden characters do not belong in an address")]
    Unseen,
    /// A browser reads it as a slash, other programs do not.
    #[error("a backslash does not belong in an address")]
    Backslash,
    /// Longer than browsers take.
    #[error("it is longer than any address")]
    TooLong,
    /// It does not begin with `http://` or `https://`.
    #[error("it begins with neither https:// nor http://")]
    NoScheme,
    /// Another scheme, safe to show.
    #[error("it is {0}:, and only https: and http: are opened")]
    Scheme(String),
    /// A name, and maybe a password, before the host.
    #[error("it names a user before the host, which hides where it leads")]
    User,
    /// No address by the standard; what the parser says.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

impl WebAddress {
    /// Reads an address. The text may be one that was made safe to show: what was hidden in it is still refused.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        seen(text)?;
        let rest = after_scheme(text)?;
        let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
        if authority.contains('@') {
            return Err(Refused::User);
        }
        if authority.is_empty() {
            // A browser would take the first part of the path for the host.
            return Err(Refused::Unreadable("it has no host".to_owned()));
        }
        let url = Url::parse(text).map_err(|error| Refused::Unreadable(error.to_string()))?;
        let host = url.host().ok_or_else(|| Refused::Unreadable("it has no host".to_owned()))?;
        let is_near = is_near(&host);
        let host = host.to_string();
        // The brackets of an address of version 6 stay; what follows the last colon outside them is the port.
        let port = authority.rfind(':').filter(|colon| !authority[*colon..].contains(']'));
        let written = authority[..port.unwrap_or(authority.len())].to_owned();
        Ok(Self { url: url.into(), host, written, is_near })
    }

    /// The whole address, in ASCII.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Where it leads: the host in punycode, or the address that its number means.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// How the story writes the host, where that is another name to the eye; safe to show.
    pub fn host_as_written(&self) -> Option<&str> {
        (!self.written.eq_ignore_ascii_case(&self.host)).then_some(&self.written)
    }

    /// Whether it leads to this machine or to its own network, and not to the web.
    pub fn is_near(&self) -> bool {
        self.is_near
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

/// Refuses what no address holds, before any parser sees it.
fn seen(text: &str) -> Result<(), Refused> {
    let unseen = |character: char| character.is_whitespace() || character.is_control();
    if text.is_empty() {
        Err(Refused::Empty)
    } else if text.len() > LONGEST {
        Err(Refused::TooLong)
    } else if text.contains(unseen) || text.contains(ESCAPE) || !text::is_safe(text) {
        Err(Refused::Unseen)
    } else if text.starts_with('-') {
        Err(Refused::Dash)
    } else if text.contains('\\') {
        Err(Refused::Backslash)
    } else {
        Ok(())
    }
}

/// What follows `http://` or `https://`.
fn after_scheme(text: &str) -> Result<&str, Refused> {
    let (scheme, rest) = text.split_once(':').ok_or(Refused::NoScheme)?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    // `morningwire.example:8080` is a host and a port.
    if !is_scheme || scheme.contains('.') {
        return Err(Refused::NoScheme);
    }
    if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Err(Refused::Scheme(scheme.to_owned()));
    }
    rest.strip_prefix("//").ok_or(Refused::NoScheme)
}

fn is_near(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let last = name.rsplit('.').next().unwrap_or(name);
            ["localhost", "local", "internal", "lan"].contains(&last) || !name.contains('.')
        }
        Host::Ipv4(at) => is_near_v4(*at),
        Host::Ipv6(at) => {
            let inner = at.to_ipv4_mapped().is_some_and(is_near_v4);
            inner
                || at.is_loopback()
                || at.is_unspecified()
                || at.is_unique_local()
                || at.is_unicast_link_local()
        }
    }
}

fn is_near_v4(at: std::net::Ipv4Addr) -> bool {
    at.is_loopback() || at.is_private() || at.is_link_local() || at.is_unspecified() || at.is_broadcast()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Refused {
        WebAddress::parse(text).expect_err(text)
    }

    fn host(text: &str) -> String {
        WebAddress::parse(text).expect(text).host().to_owned()
    }

    #[test]
    fn a_page_s_address_is_kept_as_it_is() {
        for text in [
            "https://morningwire.example/acme",
            "http://morningwire.example/?q=a&b=(c)#d",
            "https://morningwire.example:8443/a%20b/",
        ] {
            let address = WebAddress::parse(text).expect(text);
            assert_eq!((address.as_str(), address.host_as_written()), (text, None));
            assert!(!address.is_near());
        }
        assert_eq!(host("HTTPS://MorningWire.example/A"), "morningwire.example");
        assert_eq!(WebAddress::parse("HTTPS://MorningWire.example/A").expect("one").host_as_written(), None);
    }

    #[test]
    fn row_13_a_shell_s_signs_are_nothing_but_letters() {
        let address = WebAddress::parse("https://morningwire.example/a;$(id)`id`|id&b").expect("an address");
        assert!(!address.as_str().contains([' ', '\n', '`']), "{address}");
        assert!(address.as_str().starts_with("https://morningwire.example/a;$(id)"), "{address}");
    }

    #[test]
    fn row_14_no_other_scheme_is_an_address() {
        for (text, scheme) in [
            ("javascript:alert(1)", "javascript"),
            ("JavaScript://morningwire.example/%0aalert(1)", "JavaScript"),
            ("file:///etc/passwd", "file"),
            ("exec:id", "exec"),
            ("data:text/html,x", "data"),
            ("ssh://-oProxyCommand=id/x", "ssh"),
            ("view-source:https://morningwire.example", "view-source"),
            ("ms-msdt:/id", "ms-msdt"),
        ] {
            assert_eq!(refused(text), Refused::Scheme(scheme.to_owned()));
        }
        for text in
            ["morningwire.example/a", "morningwire.example:80/a", "//morningwire.example", "/etc/passwd"]
        {
            assert_eq!(refused(text), Refused::NoScheme, "{text}");
        }
        for text in ["https:morningwire.example", "http:/morningwire.example", "https:"] {
            assert_eq!(refused(text), Refused::NoScheme, "{text}");
        }
    }

    #[test]
    fn row_15_what_no_address_holds_is_refused_before_it_is_parsed() {
        // The standard's parser would drop or mend every one of these.
        for text in [
            " https://morningwire.example",
            "https://morningwire.example ",
            "https://morning wire.example",
            "https://morningwire.example/\n--option",
            "https://morningwire.example/\r\nx",
            "htt\tps://morningwire.example",
            "https://morningwire.example/\u{1b}]52;c;\u{7}",
            "https://morningwire.example/\u{0}",
            "https://morningwire.example/\u{9d}",
            "https://morning\u{202e}wire.example",
            "https://morning\u{200b}wire.example",
            "https://morning\u{ad}wire.example",
            "https://morningwire.example/\u{2028}",
            "https://morningwire.example/\u{3000}",
        ] {
            assert_eq!(refused(text), Refused::Unseen, "{text:?}");
            // And so once the text was made safe to show, which is how a graph holds it.
            assert_eq!(refused(&crate::text::safe_line(text)), Refused::Unseen, "{text:?}");
        }
        for text in ["-https://morningwire.example", "--new-window", "-"] {
            assert_eq!(refused(text), Refused::Dash, "{text}");
        }
        assert_eq!(refused("https://morningwire.example\\@evil.example"), Refused::Backslash);
        assert_eq!(refused("https:\\\\morningwire.example"), Refused::Backslash);
        assert_eq!(refused(""), Refused::Empty);
        assert_eq!(
            refused(&format!("https://morningwire.example/{}", "a".repeat(LONGEST))),
            Refused::TooLong
        );
    }

    #[test]
    fn row_16_nobody_is_named_before_the_host() {
        for text in [
            "https://good.example@evil.example/",
            "https://user:word@evil.example",
            "https://@evil.example",
            "https://:@evil.example",
            "http://good.example%2f@evil.example",
        ] {
            assert_eq!(refused(text), Refused::User, "{text}");
        }
        // Behind the host it is a letter like any other.
        assert_eq!(host("https://good.example/@evil.example"), "good.example");
        assert_eq!(host("https://good.example?@evil.example"), "good.example");
        assert_eq!(host("https://good.example#@evil.example"), "good.example");
    }

    #[test]
    fn row_16_a_host_is_shown_as_what_a_browser_goes_to() {
        for (text, shown) in [
            // The first letter of each is Cyrillic.
            ("https://аpple.example/", "xn--pple-43d.example"),
            ("https://bücher.example", "xn--bcher-kva.example"),
            ("https://阿里巴巴.example", "xn--tsta8290bfzd.example"),
            ("https://ｇｏｏｄ.example", "good.example"),
            ("https://%67ood.example", "good.example"),
            ("https://good。example", "good.example"),
            ("http://0x7f000001/", "127.0.0.1"),
            ("http://0x7f.1/", "127.0.0.1"),
            ("http://2130706433/", "127.0.0.1"),
            ("http://0177.0.0.1/", "127.0.0.1"),
            ("http://[::ffff:127.0.0.1]:80/", "[::ffff:7f00:1]"),
        ] {
            let address = WebAddress::parse(text).expect(text);
            assert_eq!(address.host(), shown, "{text}");
            assert!(address.host_as_written().is_some() && address.as_str().is_ascii(), "{address:?}");
        }
        assert_eq!(
            WebAddress::parse("https://bücher.example:80/").expect("one").host_as_written(),
            Some("bücher.example")
        );
    }

    #[test]
    fn row_16_what_leads_into_one_s_own_network_is_known() {
        for text in [
            "http://localhost/",
            "http://LOCALHOST.:631/",
            "http://router/",
            "http://printer.local",
            "http://0x7f000001/",
            "http://192.168.1.1/reboot",
            "http://10.0.0.1",
            "http://169.254.169.254/latest/",
            "http://[::1]/",
            "http://[fe80::1]/",
            "http://[fd00::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://0.0.0.0/",
        ] {
            assert!(WebAddress::parse(text).expect(text).is_near(), "{text}");
        }
        for text in ["http://192.0.2.1/", "https://morningwire.example", "http://[2001:db8::1]/"] {
            assert!(!WebAddress::parse(text).expect(text).is_near(), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_by_the_standard_says_why() {
        for text in [
            "https://",
            "https:///etc/passwd",
            "https://?q",
            "https://[::1/",
            "https://a:b/",
            "https://ex%00ample/",
        ] {
            assert!(matches!(refused(text), Refused::Unreadable(_)), "{text}: {:?}", refused(text));
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_taken_is_one_harmless_word(text in "(https?://)?[\\PC\\pC]{0,40}") {
            if let Ok(address) = WebAddress::parse(&text) {
                let url = address.as_str();
                proptest::prop_assert!(url.starts_with("https://") || url.starts_with("http://"));
                proptest::prop_assert!(url.bytes().all(|byte| (b'!'..=b'~').contains(&byte)), "{url}");
                proptest::prop_assert!(address.host().is_ascii());
                proptest::prop_assert!(crate::text::is_safe(address.host_as_written().unwrap_or_default()));
            }
        }
    }
}
