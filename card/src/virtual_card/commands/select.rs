//! SELECT.

use super::super::layout::{self, Application};
use super::super::{VirtualCard, status};
use super::{Answer, Outcome};
use crate::apdu::Command;
use crate::tlv::{group, object};

impl VirtualCard {
    pub(super) fn select(&mut self, command: &Command) -> Outcome {
        match (command.p1, command.p2) {
            (0x04, 0x00 | 0x0C) => self.select_application(command),
            (0x02, 0x00 | 0x0C) => self.select_file(command),
            // The card has no master file to select: it says yes while an application is current and does nothing.
            (0x00, 0x00 | 0x0C) if command.data.is_empty() => {
                if self.session.application == Application::CardManager {
                    Err(status::WRONG_P1P2)
                } else {
                    Ok(Answer::done())
                }
            }
            (0x00, 0x00 | 0x0C) => Err(status::NOT_FOUND),
            _ => Err(status::WRONG_P1P2),
        }
    }

    fn select_application(&mut self, command: &Command) -> Outcome {
        if command.data.is_empty() || command.data.len() > 16 {
            return Err(status::WRONG_LENGTH);
        }
        let application = Application::named(&command.data).ok_or(status::NOT_FOUND)?;
        let again = application == self.session.verified_in;
        if !(again && self.state.person.switches.verified_survives_reselection) {
            self.session.verified.clear();
        }
        self.session.verified_in = application;
        self.session.application = application;
        self.session.file = None;
        if command.p2 == 0x00 {
            return Ok(Answer::with(group(0x6F, &[object(0x84, application.aid())])));
        }
        Ok(Answer::done())
    }

    fn select_file(&mut self, command: &Command) -> Outcome {
        let &[high, low] = command.data.as_slice() else { return Err(status::WRONG_LENGTH) };
        let file = u16::from_be_bytes([high, low]);
        let entry = layout::find(self.session.application, file).ok_or(status::NOT_FOUND)?;
        self.session.file = Some(entry.file);
        if command.p2 == 0x00 {
            let size = self.state.content(entry.application, file).map_or(0, <[u8]>::len);
            let size = u16::try_from(size).unwrap_or(u16::MAX).to_be_bytes();
            return Ok(Answer::with(group(0x6F, &[object(0x80, &size), object(0x83, &file.to_be_bytes())])));
        }
        Ok(Answer::done())
    }
}
