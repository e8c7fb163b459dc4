//! The 12-digit individual number (個人番号, マイナンバー) has no business here: a file that carries it is refused.

/// True when a column's name says that it holds individual numbers. 個人番号カード is the card, not the number.
pub fn is_forbidden_name(header: &str) -> bool {
    let plain: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    ["個人番号", "マイナンバー", "マイナンバ", "特定個人情報"].iter().any(|word| {
        plain.match_indices(word).any(|(at, found)| {
            let rest = plain[at + found.len()..].trim_start_matches('ー');
            !rest.starts_with("カード")
        })
    })
}

/// True when the text is twelve digits whose last is the check digit of the other eleven
/// (行政手続における特定の個人を識別するための番号の利用等に関する法律の規定による通知カード…省令5条).
pub fn looks_like_one(cell: &str) -> bool {
    let mut digits = [0_u32; 12];
    let mut count = 0;
    for c in cell.trim().chars() {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '０'..='９' => u32::from(c) - u32::from('０'),
            '-' | ' ' | '－' | '　' => continue,
            _ => return false,
        };
        if count == 12 {
            return false;
        }
        digits[count] = digit;
        count += 1;
    }
    count == 12 && digits[11] == check_digit(&digits[..11])
}

fn check_digit(eleven: &[u32]) -> u32 {
    // The weight of the n-th digit from the right is n + 1 up to the sixth, n - 5 after it.
    let sum: u32 = eleven
        .iter()
        .rev()
        .zip([2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6])
        .map(|(digit, weight)| digit * weight)
        .sum();
    match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}

/// Counts, column by column, how many values look like individual numbers.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    columns: Vec<(u64, u64)>,
}

impl Watch {
    /// Looks at one cell.
    pub fn see(&mut self, column: usize, cell: &str) {
        if cell.is_empty() {
            return;
        }
        if self.columns.len() <= column {
            self.columns.resize(column + 1, (0, 0));
        }
        let (filled, alike) = &mut self.columns[column];
        *filled += 1;
        *alike += u64::from(looks_like_one(cell));
    }

    /// The first column most of whose values look like individual numbers. One in eleven 12-digit numbers of any other
    /// kind fits by chance, so a majority doesn't come about by itself.
    pub fn finding(&self) -> Option<usize> {
        self.columns.iter().position(|&(filled, alike)| alike * 2 > filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check digit is that of the ordinance: a number whose digits were made up for this test, with each other
    /// last digit refused.
    #[test]
    fn knows_the_check_digit() {
        // 1·2+2·... worked by hand: 12345678901 has the weighted sum 1·2+0·3+9·4+8·5+7·6+6·7+5·2+4·3+3·4+2·5+1·6 = 212.
        // 212 mod 11 = 3, so the check digit is 8.
        let right: Vec<u32> = (0..10).filter(|last| looks_like_one(&format!("12345678901{last}"))).collect();
        assert_eq!(right, [8]);
        assert!(looks_like_one("1234-5678-9018") && looks_like_one("１２３４５６７８９０１８"));
        assert!(
            !looks_like_one("1234567890188")
                && !looks_like_one("12345678901")
                && !looks_like_one("12345678901a")
        );
    }

    /// The number's names are refused, the card's are not.
    #[test]
    fn tells_the_number_from_the_card() {
        for name in ["個人番号", "マイナンバー", "本人の個人番号", "個人 番号", "マイナンバー(12桁)"]
        {
            assert!(is_forbidden_name(name), "{name}");
        }
        for name in ["個人番号カード発行日", "マイナンバーカード番号", "カード番号", "宛名番号", "カード種別"]
        {
            assert!(!is_forbidden_name(name), "{name}");
        }
    }

    /// A column of individual numbers is found, a column of other 12-digit numbers isn't.
    #[test]
    fn finds_a_column_by_its_values() {
        let mut watch = Watch::default();
        for n in 0..1000_u64 {
            watch.see(0, &format!("{:012}", 300_000_000_000 + n));
            let eleven = format!("{:011}", 10_000_000_000 + n * 7919);
            let digits: Vec<u32> = eleven.chars().map(|c| c.to_digit(10).unwrap()).collect();
            watch.see(1, &format!("{eleven}{}", check_digit(&digits)));
        }
        assert_eq!(watch.finding(), Some(1));
    }
}
