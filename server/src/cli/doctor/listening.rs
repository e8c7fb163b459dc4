//! Is a running office open to the network without TLS in front of it?

use super::Finding;
use std::collections::HashSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

const ABOUT: &str = "待ち受け";

pub(super) fn finding() -> Finding {
    judge(&running())
}

/// Passwords and names cross the network in the open unless the office listens on this machine only, behind a proxy
/// that speaks TLS.
fn judge(addresses: &[SocketAddr]) -> Finding {
    let open: Vec<String> =
        addresses.iter().filter(|address| !address.ip().is_loopback()).map(ToString::to_string).collect();
    if !open.is_empty() {
        return Finding::care(
            ABOUT,
            format!("窓口が {} で、暗号化なしに外から使えます。", open.join("、")),
            "--listen 127.0.0.1:8080 で開き直し、TLSを話す代理サーバ(nginxなど)を前に置いてください。",
        );
    }
    match addresses.first() {
        Some(address) => {
            Finding::fine(ABOUT, format!("窓口は {address} で、この端末の中だけで待ち受けています。"))
        }
        None => Finding::fine(ABOUT, "この端末で開いている窓口はありません。"),
    }
}

/// Where offices that run on this machine listen, as far as the caller may see.
fn running() -> Vec<SocketAddr> {
    let sockets = sockets();
    let mut found: Vec<SocketAddr> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .into_iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .flat_map(|table| table.lines().skip(1).filter_map(listener).collect::<Vec<_>>())
        .filter(|(_, inode)| sockets.contains(inode))
        .map(|(address, _)| address)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The inodes of the sockets that processes of our name hold.
fn sockets() -> HashSet<u64> {
    let Ok(processes) = fs::read_dir("/proc") else { return HashSet::new() };
    processes
        .filter_map(Result::ok)
        .filter(|process| {
            fs::read_to_string(process.path().join("comm")).is_ok_and(|name| name.trim() == "madoguchi")
        })
        .filter_map(|process| fs::read_dir(process.path().join("fd")).ok())
        .flatten()
        .filter_map(|descriptor| fs::read_link(descriptor.ok()?.path()).ok())
        .filter_map(|target| target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok())
        .collect()
}

/// A line of the kernel's table, when its socket listens: address and inode.
fn listener(line: &str) -> Option<(SocketAddr, u64)> {
    const LISTENS: &str = "0A";
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (local, state, inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
    if *state != LISTENS {
        return None;
    }
    let (ip, port) = local.split_once(':')?;
    Some((SocketAddr::new(address(ip)?, u16::from_str_radix(port, 16).ok()?), inode.parse().ok()?))
}

/// An address as the kernel prints it: words of four bytes in the machine's order.
fn address(hex: &str) -> Option<IpAddr> {
    let mut bytes = Vec::with_capacity(16);
    for word in hex.as_bytes().chunks(8) {
        let word = u32::from_str_radix(std::str::from_utf8(word).ok()?, 16).ok()?;
        bytes.extend(word.to_ne_bytes());
    }
    match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok().map(|bytes| Ipv4Addr::from(bytes).into()),
        16 => <[u8; 16]>::try_from(bytes).ok().map(|bytes| Ipv6Addr::from(bytes).into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kernel's lines are read, and only those of listening sockets.
    #[test]
    #[cfg(target_endian = "little")]
    fn reads_the_kernels_table() {
        let line = "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1";
        assert_eq!(listener(line), Some(("127.0.0.1:8080".parse().unwrap(), 4242)));
        assert_eq!(listener(&line.replace(" 0A ", " 01 ")), None);
        let six = "   0: 00000000000000000000000001000000:1F90 0:0 0A 0:0 0:0 0 0 0 7 1";
        assert_eq!(listener(six), Some(("[::1]:8080".parse().unwrap(), 7)));
        assert_eq!(listener("nonsense"), None);
    }

    /// Only this machine is fine; any other address needs care.
    #[test]
    fn tells_open_from_closed() {
        let at = |text: &str| text.parse::<SocketAddr>().unwrap();
        assert!(judge(&[]).cure.is_none());
        assert!(judge(&[at("127.0.0.1:8080"), at("[::1]:8080")]).cure.is_none());
        assert!(judge(&[at("127.0.0.1:8080"), at("0.0.0.0:8081")]).cure.is_some());
    }
}
