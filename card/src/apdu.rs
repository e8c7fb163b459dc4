//! Command APDUs taken apart and put together: the four cases, short and extended.

/// One command, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Class.
    pub cla: u8,
    /// Instruction.
    pub ins: u8,
    /// First parameter.
    pub p1: u8,
    /// Second parameter.
    pub p2: u8,
    /// The data field, empty when there is none.
    pub data: Vec<u8>,
    /// Bytes wanted back, 1 to 65,536; `None` when the command asks for none.
    pub le: Option<usize>,
    /// Whether the lengths came, or must go, in the extended form.
    pub extended: bool,
}

/// The bytes are no command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("コマンドの長さが正しくありません。")]
pub struct WrongLength;

impl Command {
    /// A command without data and without an expected length (case 1).
    pub fn new(cla: u8, ins: u8, p1: u8, p2: u8) -> Self {
        Self { cla, ins, p1, p2, data: Vec::new(), le: None, extended: false }
    }

    /// The same command with a data field.
    #[must_use]
    pub fn data(mut self, data: &[u8]) -> Self {
        self.data = data.to_vec();
        self
    }

    /// The same command, expecting up to `le` bytes back (256 and 65,536 are the two forms' maxima).
    #[must_use]
    pub fn expecting(mut self, le: usize) -> Self {
        self.le = Some(le);
        self
    }

    /// P1 and P2 as one number.
    pub fn p1p2(&self) -> u16 {
        u16::from_be_bytes([self.p1, self.p2])
    }

    /// Takes the bytes of a command apart (ISO 7816-3, cases 1, 2S, 3S, 4S, 2E, 3E, 4E).
    ///
    /// # Errors
    /// When the length fields don't fit the length of the command.
    pub fn parse(bytes: &[u8]) -> Result<Self, WrongLength> {
        let (&[cla, ins, p1, p2], body) = bytes.split_first_chunk::<4>().ok_or(WrongLength)?;
        let mut command = Self::new(cla, ins, p1, p2);
        match *body {
            [] => {}
            [le] => command.le = Some(if le == 0 { 256 } else { usize::from(le) }),
            [0, high, low, ref rest @ ..] => {
                command.extended = true;
                let length = usize::from(u16::from_be_bytes([high, low]));
                if rest.is_empty() {
                    command.le = Some(if length == 0 { 65_536 } else { length });
                } else {
                    if length == 0 || rest.len() < length {
                        return Err(WrongLength);
                    }
                    let (data, tail) = rest.split_at(length);
                    command.data = data.to_vec();
                    command.le = match *tail {
                        [] => None,
                        [0, 0] => Some(65_536),
                        [high, low] => Some(usize::from(u16::from_be_bytes([high, low]))),
                        _ => return Err(WrongLength),
                    };
                }
            }
            [lc, ref rest @ ..] => {
                let length = usize::from(lc);
                if length == 0 || rest.len() < length {
                    return Err(WrongLength);
                }
                let (data, tail) = rest.split_at(length);
                command.data = data.to_vec();
                command.le = match *tail {
                    [] => None,
                    [0] => Some(256),
                    [le] => Some(usize::from(le)),
                    _ => return Err(WrongLength),
                };
            }
        }
        Ok(command)
    }

    /// Whether the command must go in the extended form.
    pub fn needs_extended(&self) -> bool {
        self.extended || self.data.len() > 255 || self.le.is_some_and(|le| le > 256)
    }

    /// The header and the length of the data field as a secure channel's MAC covers them.
    pub fn header_and_length(&self) -> Vec<u8> {
        let mut bytes = vec![self.cla, self.ins, self.p1, self.p2];
        if self.needs_extended() {
            bytes.push(0);
            bytes.extend_from_slice(&length_bytes(self.data.len()));
        } else {
            bytes.push(length_bytes(self.data.len())[1]);
        }
        bytes
    }

    /// The bytes to send.
    pub fn encode(&self) -> Vec<u8> {
        let extended = self.needs_extended();
        let mut bytes = vec![self.cla, self.ins, self.p1, self.p2];
        if !self.data.is_empty() {
            bytes = self.header_and_length();
            bytes.extend_from_slice(&self.data);
        }
        if let Some(le) = self.le {
            if extended {
                if self.data.is_empty() {
                    bytes.push(0);
                }
                bytes.extend_from_slice(&length_bytes(le));
            } else {
                bytes.push(length_bytes(le)[1]);
            }
        }
        bytes
    }
}

/// The low 16 bits of a length, most significant byte first: the maximum of either form becomes zero by itself.
fn length_bytes(length: usize) -> [u8; 2] {
    u16::try_from(length & 0xFFFF).unwrap_or(0).to_be_bytes()
}

/// Splits an answer into its data and its status word.
pub fn split_answer(answer: &[u8]) -> Option<(&[u8], u16)> {
    let (data, status) = answer.split_last_chunk::<2>()?;
    Some((data, u16::from_be_bytes(*status)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_comes_back_as_it_was() {
        let long = vec![0x5A; 300];
        let mut extended = Command::new(0, 0xB0, 0, 0).expecting(16);
        extended.extended = true;
        for command in [
            Command::new(0, 0x20, 0, 0x80),
            Command::new(0, 0xB0, 1, 2).expecting(256),
            Command::new(0, 0xA4, 2, 0x0C).data(&[0, 1]),
            Command::new(0x80, 0x2A, 0, 0x97).data(&[1; 255]).expecting(256),
            Command::new(0x80, 0xA2, 6, 0xC1).data(&long),
            Command::new(0x80, 0xAE, 0, 0).data(&long).expecting(65_536),
            Command::new(0, 0xCA, 0x7F, 0x21).expecting(65_536),
            extended,
        ] {
            let parsed = Command::parse(&command.encode()).expect("a command");
            assert_eq!(parsed.encode(), command.encode());
            assert_eq!((parsed.data, parsed.le), (command.data, command.le));
        }
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused() {
        for bytes in [
            &[0x00, 0xA4, 0x04][..],
            &[0, 0xA4, 4, 0x0C, 5, 1, 2],
            &[0, 0xA4, 4, 0x0C, 1, 1, 2, 3],
            &[0, 0xB0, 0, 0, 0, 1],
            &[0, 0xA4, 0, 0, 0, 0, 4, 1, 2, 3],
            &[0, 0xA4, 0, 0, 0, 0, 1, 1, 2],
            &[0, 0xA4, 0, 0, 0, 0, 0, 1],
        ] {
            assert_eq!(Command::parse(bytes), Err(WrongLength), "{bytes:02X?}");
        }
    }
}
