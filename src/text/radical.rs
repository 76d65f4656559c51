//! Radicals that stand for characters.
//!
//! Unicode has the radicals of the dictionaries beside the characters that look like them. A
//! browser that prints a page names the shape and not the character, so that 长 comes out of
//! its PDF as the radical `\u{2ED3}`, which no dictionary knows.

use std::sync::LazyLock;

/// The character for each code point of the block CJK Radicals Supplement, U+2E80 to U+2EF3.
///
/// Itself where the character lies beyond the first plane, which no text needs.
///
/// Source: Unicode 13, EquivalentUnifiedIdeograph.txt.
const SUPPLEMENT: &str = "⺀厂乛乚乙亻冂⺇刀刂卜㔾小小兀尣尢⺑巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫\
    丬牛犭王⺪目示礻⺮糹纟罓罒㓁冗⺵羊⺷⺸耂肀聿肉⺽艹艹艹虎衤覀西见角⻇讠贝⻊车\
    辶辶辶邑钅長镸长门⻕阝雨青韦页风飞食⻞飠饣⻡马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜\
    亀龟";

/// The character for each code point of the block Kangxi Radicals, U+2F00 to U+2FD5.
///
/// Source: as above.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女\
    子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠\
    止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸\
    禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕\
    豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟\
    鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

static TABLE: LazyLock<[Vec<char>; 2]> =
    LazyLock::new(|| [SUPPLEMENT, KANGXI].map(|block| block.chars().collect()));

/// The character that looks like a radical; itself if it is none.
///
/// ```
/// assert_eq!(bitext::text::radical::unified('\u{2ED3}'), '长');
/// ```
pub fn unified(c: char) -> char {
    let (block, first) = match c {
        '\u{2E80}'..='\u{2EF3}' => (0, 0x2E80),
        '\u{2F00}'..='\u{2FD5}' => (1, 0x2F00),
        _ => return c,
    };
    let at = u32::from(c) - first;
    TABLE[block].get(at as usize).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_radical_has_its_character() {
        let pairs =
            [('⻓', '长'), ('⻔', '门'), ('⺠', '民'), ('⻘', '青'), ('⻅', '见')];
        for (radical, character) in pairs.into_iter().chain([('⼀', '一'), ('⿕', '龠')])
        {
            assert_eq!(unified(radical), character);
        }
        assert_eq!(unified('长'), '长');
        assert_eq!(TABLE.each_ref().map(Vec::len), [0x2EF4 - 0x2E80, 0x2FD6 - 0x2F00]);
    }

    #[test]
    fn a_character_takes_as_many_bytes_as_its_radical() {
        for radical in '\u{2E80}'..='\u{2FD5}' {
            assert_eq!(unified(radical).len_utf8(), radical.len_utf8(), "{radical}");
        }
    }
}
