//! The address at which the explainer will be published.

use crate::Outcome;

/// The address of the published `dist/`, with a slash at its end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Address(String);

impl Address {
    /// Parses `text` as an address. The slash at its end may be missing.
    pub(crate) fn read(text: &str) -> Outcome<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let fits = rest.is_some_and(|rest| {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let of = |text: &str, marks: &str| {
                text.chars().all(|letter| letter.is_ascii_alphanumeric() || marks.contains(letter))
            };
            let (name, port) = host.split_once(':').unwrap_or((host, "80"));
            let dots = name.starts_with(['.', '-']) || name.contains("..");
            !name.is_empty() && !dots && of(name, ".-") && port.parse::<u16>().is_ok() && of(path, "/-._~%+@")
        });
        if !fits {
            return Err(format!(
                "--address {text}: it takes the whole address of the folder that dist/ is published as, without ? and #, \
                 like https://name.example/divergences/"
            )
            .into());
        }
        Ok(Self(format!("{}/", text.trim_end_matches('/'))))
    }

    /// The address of `path` below it. `index.html` is omitted.
    pub(super) fn of(&self, path: &str) -> String {
        format!("{}{}", self.0, path.strip_suffix("index.html").unwrap_or(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_with_a_slash() {
        for (text, address) in [
            ("https://name.example/divergences", "https://name.example/divergences/"),
            ("https://name.example/a/b/", "https://name.example/a/b/"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
        ] {
            assert_eq!(Address::read(text).unwrap().of(""), address, "{text}");
        }
        let address = Address::read("https://name.example").unwrap();
        assert_eq!(address.of("zh/index.html"), "https://name.example/zh/", "the folder's page");
        assert_eq!(address.of("kl-fit.html"), "https://name.example/kl-fit.html", "another");
    }

    #[test]
    fn what_is_no_address_is_refused_with_what_would_be() {
        for bad in [
            "",
            "name.example",
            "ftp://name.example",
            "https://",
            "https:///divergences",
            "https://name.example/?a=1",
            "https://name.example/#a",
            "https://a b/",
            "https://user@name.example/",
            "https://name.example:port/",
            "https://name.example/\"><script>",
        ] {
            let message = Address::read(bad).unwrap_err().to_string();
            assert!(
                message.contains(bad) && message.contains("https://name.example/divergences/"),
                "{message}"
            );
        }
    }
}
