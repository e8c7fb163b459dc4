//! The offices that run on this machine, as far as the caller may see: where they listen and what they were told.

use std::collections::HashMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// An office that listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Running {
    /// Where.
    pub(super) address: SocketAddr,
    /// It speaks TLS itself.
    pub(super) tls: bool,
    /// The proxies it was told of.
    pub(super) proxies: Vec<String>,
    /// The files of its TLS key.
    pub(super) keys: Vec<PathBuf>,
}

impl Running {
    /// What the words of its command line say.
    pub(super) fn new(address: SocketAddr, arguments: impl Iterator<Item = String>) -> Self {
        let mut office = Self { address, tls: false, proxies: Vec::new(), keys: Vec::new() };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let mut value = || value.clone().or_else(|| arguments.next()).unwrap_or_default();
            match name.as_str() {
                "--tls-self-made" => office.tls = true,
                "--tls-key" => {
                    office.tls = true;
                    office.keys.push(value().into());
                }
                "--behind-proxy" => office.proxies.push(value()),
                _ => {}
            }
        }
        office
    }
}

/// Every office that runs, in the order of its address.
pub(super) fn running() -> Vec<Running> {
    let sockets = sockets();
    let mut found: Vec<Running> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .into_iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .flat_map(|table| table.lines().skip(1).filter_map(listener).collect::<Vec<_>>())
        .filter_map(|(address, inode)| {
            Some(Running::new(address, arguments(sockets.get(&inode)?).into_iter()))
        })
        .collect();
    found.sort_by_key(|office| office.address);
    found.dedup();
    found
}

/// The sockets that processes of our name hold, by inode, with the process.
fn sockets() -> HashMap<u64, PathBuf> {
    let Ok(processes) = fs::read_dir("/proc") else { return HashMap::new() };
    processes
        .filter_map(|process| Some(process.ok()?.path()))
        .filter(|process| {
            fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == "madoguchi")
        })
        .flat_map(|process| inodes(&process).into_iter().map(move |inode| (inode, process.clone())))
        .collect()
}

fn inodes(process: &Path) -> Vec<u64> {
    let Ok(descriptors) = fs::read_dir(process.join("fd")) else { return Vec::new() };
    descriptors
        .filter_map(|descriptor| fs::read_link(descriptor.ok()?.path()).ok())
        .filter_map(|target| target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok())
        .collect()
}

/// The words a process was started with. Paths among them are as its own directory sees them.
fn arguments(process: &Path) -> Vec<String> {
    let Ok(line) = fs::read(process.join("cmdline")) else { return Vec::new() };
    line.split(|&byte| byte == 0).map(|word| String::from_utf8_lossy(word).into_owned()).collect()
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

    /// The words of a command line are understood in both spellings.
    #[test]
    fn reads_what_an_office_was_told() {
        let words = [
            "madoguchi",
            "serve",
            "--tls-key",
            "/k",
            "--tls-cert=/c",
            "--behind-proxy=10.0.0.2",
            "--behind-proxy",
            "::1",
        ];
        let office = Running::new("127.0.0.1:1".parse().unwrap(), words.iter().map(ToString::to_string));
        assert!(office.tls);
        assert_eq!(
            (office.keys, office.proxies),
            (vec![PathBuf::from("/k")], vec!["10.0.0.2".into(), "::1".into()])
        );
    }
}
