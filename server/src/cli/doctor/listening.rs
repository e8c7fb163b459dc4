//! How running offices are reached: is any open to the network without TLS?

use super::Finding;
use super::running::{Running, running};
use crate::front::tls::open_to_others;

const ABOUT: &str = "待ち受け";

pub(super) fn findings() -> Vec<Finding> {
    let offices = running();
    if offices.is_empty() {
        return vec![Finding::fine(ABOUT, "この端末で開いている窓口はありません。")];
    }
    offices.iter().map(judge).collect()
}

/// Passwords and names cross the network in the open unless the office speaks TLS, or is alone with a proxy that does.
fn judge(office: &Running) -> Finding {
    let (address, inside) = (office.address, office.address.ip().is_loopback());
    if let Some(key) = office.keys.iter().find(|key| open_to_others(key)) {
        return Finding::care(
            ABOUT,
            format!("窓口 {address} のTLSの鍵 {} を、この端末のほかの利用者も読めます。", key.display()),
            format!("chmod 600 {} で閉じてください。", key.display()),
        );
    }
    if office.tls {
        return Finding::fine(ABOUT, format!("窓口は {address} で、TLSで待ち受けています。"));
    }
    match (&office.proxies[..], inside) {
        ([], true) => {
            Finding::fine(ABOUT, format!("窓口は {address} で、この端末の中だけで待ち受けています。"))
        }
        ([], false) => Finding::care(
            ABOUT,
            format!("窓口が {address} で、暗号化なしに外から使えます。"),
            "--tls-self-made でTLSを使うか、--listen 127.0.0.1:8080 で開き直してください。",
        ),
        (proxies, true) => Finding::fine(
            ABOUT,
            format!("窓口は {address} で、中継サーバ {} からだけ使えます。", proxies.join("、")),
        ),
        (proxies, false) => Finding::care(
            ABOUT,
            format!("窓口 {address} と中継サーバ {} の間が、暗号化されていません。", proxies.join("、")),
            "中継サーバを同じ端末で動かすか、窓口にも --tls-self-made を指定してください。",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str, arguments: &[&str]) -> Finding {
        judge(&Running::new(address.parse().unwrap(), arguments.iter().map(ToString::to_string)))
    }

    /// Only this machine is fine, and so is TLS; any other address, and an open way to a proxy, need care.
    #[test]
    fn tells_open_from_closed() {
        for (address, arguments, fine) in [
            ("127.0.0.1:8080", &[][..], true),
            ("[::1]:8080", &["--training"], true),
            ("0.0.0.0:8081", &["--training"], false),
            ("0.0.0.0:8443", &["--tls-self-made"], true),
            ("0.0.0.0:8443", &["--tls-cert", "/x/c.pem", "--tls-key", "/x/k.pem"], true),
            ("127.0.0.1:8080", &["--behind-proxy", "127.0.0.1"], true),
            ("0.0.0.0:8080", &["--behind-proxy=10.0.0.2"], false),
            ("0.0.0.0:8443", &["--behind-proxy=10.0.0.2", "--tls-self-made"], true),
        ] {
            let finding = at(address, arguments);
            assert_eq!(finding.cure.is_none(), fine, "{address} {arguments:?}: {finding}");
        }
    }

    /// A key that others may read is found through the running office's own words.
    #[test]
    fn finds_an_open_key() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("key.pem");
        std::fs::write(&key, b"").unwrap();
        let mode = |mode| std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode)).unwrap();
        let arguments = ["--tls-cert", "c.pem", "--tls-key", key.to_str().unwrap()];
        mode(0o644);
        assert!(at("0.0.0.0:8443", &arguments).cure.is_some_and(|cure| cure.starts_with("chmod 600")));
        mode(0o640);
        assert!(at("0.0.0.0:8443", &arguments).cure.is_none());
    }
}
