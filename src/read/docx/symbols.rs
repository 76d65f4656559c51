//! The characters of symbol fonts, which Word keeps by their place in the font.
//!
//! Such a place is the code of the font plus 0xF000 (ECMA-376 part 1, 17.3.3.30), so that the
//! text holds no character that another font would know.

/// The glyphs of Symbol from 0x20 to 0x7E.
///
/// Source: Adobe Symbol Encoding to Unicode (unicode.org, VENDORS/ADOBE/symbol.txt, 2002);
/// the glyphs that only build large brackets are left out.
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u{203E}\
                          αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// The glyphs of Symbol from 0xA0 to 0xE5.
const SYMBOL_HIGH: &str =
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";

/// The glyphs of Wingdings that texts use: boxes, ticks, bullets, hands, arrows, numbers.
///
/// Source: Proposal to add Wingdings and Webdings symbols (L2/11-344, Unicode Consortium,
/// 2011). Where it names a character that no font has, the one that looks alike: `✓` for 0xFC.
const WINGDINGS: [(u8, &str); 13] = [
    (0x22, "✂✁"),
    (0x28, "☎✆✉"),
    (0x45, "☜☞☝☟"),
    (0x4A, "☺"),
    (0x6C, "●❍■□"),
    (0x71, "❑❒⬧⧫◆❖⬥⌧"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9F, "•▪○"),
    (0xA4, "◉◎"),
    (0xA7, "▪☐"),
    (0xAA, "✦★✶✴✹✵"),
    (0xD8, "➢"),
    (0xDF, "←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳"),
];

/// The crosses and ticks at the end of Wingdings, from 0xFB.
const WINGDINGS_END: (u8, &str) = (0xFB, "✗✓☒☑");

/// The ticks and boxes of Wingdings 2.
const WINGDINGS_2: [(u8, &str); 4] =
    [(0x4F, "✗✓☒☑☒☒"), (0x97, "●"), (0xA0, "■"), (0xA2, "□☐")];

/// The ticks, boxes and bullets of Webdings.
const WEBDINGS: [(u8, &str); 5] =
    [(0x33, "◀▶▲▼"), (0x61, "✓"), (0x63, "□"), (0x67, "■"), (0x6E, "●")];

/// Does a font hold symbols in the place of letters?
pub(super) fn is_symbol_font(font: &str) -> bool {
    glyphs(font).is_some()
}

/// The character of a glyph; `None` for one that no character is known of.
pub(super) fn character(font: &str, code: u32) -> Option<char> {
    let code = match code {
        0xF000..=0xF0FF => code - 0xF000,
        _ => code,
    };
    let code = u8::try_from(code).ok()?;
    let runs = glyphs(font)?;
    runs.iter()
        .find_map(|&(first, glyphs)| glyphs.chars().nth(code.checked_sub(first)?.into()))
}

/// The glyphs of a font, in runs by the code of the first.
fn glyphs(font: &str) -> Option<Vec<(u8, &'static str)>> {
    match font.trim().to_ascii_lowercase().as_str() {
        "symbol" | "standard symbols l" | "standard symbols ps" | "opensymbol" => {
            Some(vec![(0x20, SYMBOL_LOW), (0xA0, SYMBOL_HIGH)])
        }
        "wingdings" => Some(WINGDINGS.into_iter().chain([WINGDINGS_END]).collect()),
        "wingdings 2" => Some(WINGDINGS_2.to_vec()),
        "wingdings 3" => Some(Vec::new()),
        "webdings" => Some(WEBDINGS.to_vec()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_stand_at_their_codes() {
        for (font, code, expected) in [
            ("Symbol", 0xF061, Some('α')),
            ("Symbol", 0xF06D, Some('μ')),
            ("symbol", 0x7E, Some('∼')),
            ("Symbol", 0xF0A3, Some('≤')),
            ("Symbol", 0xF0B3, Some('≥')),
            ("Symbol", 0xF0D7, Some('⋅')),
            ("Symbol", 0xF0E5, Some('∑')),
            ("Symbol", 0xF057, Some('Ω')),
            ("Wingdings", 0xF0FE, Some('☑')),
            ("Wingdings", 0xF0A8, Some('☐')),
            ("Wingdings", 0xF0FC, Some('✓')),
            ("Wingdings", 0xF081, Some('①')),
            ("Wingdings", 0xF0E0, Some('→')),
            ("Wingdings", 0xF0F0, Some('⇨')),
            ("Wingdings 2", 0xF052, Some('☑')),
            ("Wingdings 2", 0xF0A3, Some('☐')),
            ("Wingdings 3", 0xF041, None),
            ("Arial", 0xF041, None),
            ("Symbol", 0x1F041, None),
        ] {
            assert_eq!(character(font, code), expected, "{font} {code:X}");
        }
        assert_eq!(SYMBOL_LOW.chars().count(), 0x7E - 0x20 + 1);
        assert_eq!(SYMBOL_HIGH.chars().count(), 0xE5 - 0xA0 + 1);
    }
}
