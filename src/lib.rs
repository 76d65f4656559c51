//! Lays the Chinese and the English version of a document side by side and mines the terms
//! in them.
//!
//! Two texts give beads (which paragraphs translate one another, how surely, and what speaks
//! for it), terms, and files for translators: a translation memory, a glossary, a report for
//! the reviser. No neural network, no other service: a dictionary, lengths, numbers, labels,
//! and what the document itself teaches. The same input gives the same bytes.
//!
//! ```
//! use bitext::config::Config;
//! use bitext::export::{ExportKind, Product, Timestamp, language_tags};
//! use bitext::pipeline::{Aligner, Request, run};
//! use bitext::types::{Input, Pair, Source};
//!
//! let zh = "第一条　合同自双方签字之日起生效。\n\n第二条　买方应当在三十日内付款。\n\n\
//!           第三条　买方逾期付款的，应当支付违约金。违约金不超过合同价款的 5%。\n";
//! let en = "Article 1. The contract enters into force when both parties sign it.\n\n\
//!           Article 2. The buyer shall pay within thirty days.\n\n\
//!           Article 3. A buyer who pays late shall pay liquidated damages.\n\n\
//!           Liquidated damages shall not exceed 5% of the contract price.\n";
//! let texts = Pair::new(
//!     Source::plain("law/zh.txt", zh, "UTF-8"),
//!     Source::plain("law/en.txt", en, "UTF-8"),
//! );
//!
//! // An aligner holds the lexicon; it serves any number of pairs and threads.
//! let aligner = Aligner::new(Config::default());
//! let request = Request { terms: true, ..Request::new(&aligner) };
//! let outcome = run(Input::Texts(texts).into(), &request, &());
//!
//! // Beads: article 3 is one paragraph in Chinese and two in English.
//! let beads: Vec<_> = outcome.bitext.ladder.beads().iter().map(|bead| &bead.range).collect();
//! assert_eq!(beads, [&Pair::new(0..1, 0..1), &Pair::new(1..2, 1..2), &Pair::new(2..3, 2..4)]);
//!
//! // Terms, best first.
//! let terms = &outcome.mined.as_ref().expect("they were asked for").terms;
//! let term = terms.iter().find(|pair| pair.term.zh == "违约金").expect("it recurs");
//! assert_eq!(term.term.en, "liquidated damages");
//!
//! // A translation memory.
//! let languages = language_tags(&outcome.bitext, aligner.seed());
//! let product = Product {
//!     terms,
//!     created: Timestamp(1_767_225_600),
//!     ..Product::new(&outcome.bitext, "law", &languages)
//! };
//! let mut tmx = Vec::new();
//! ExportKind::TMX.files()[0].write(&product, &mut tmx)?;
//! assert_eq!(String::from_utf8_lossy(&tmx).matches("<tu ").count(), 3);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! `examples/` has more: `align.rs` reads files, `check.rs` reviews a translation,
//! `termbase.rs` keeps a glossary. `docs/` tells how texts are [aligned], how terms are
//! [mined], and how both were [measured].
//!
//! # Rooms
//!
//! A module uses those on lower lines; [`pipeline`] alone knows the order of the work.
//!
//! | rooms | what they do |
//! | --- | --- |
//! | [`text`] | characters: scripts, folding, numerals, the way back to the file |
//! | [`types`] | the nouns: document, segment, bead, ladder, bitext, term, finding's ledger |
//! | [`read`], [`clean`], [`lexicon`] | files to text; text without page furniture; which word translates which |
//! | [`tokenize`] | the words of a segment |
//! | [`segment`], [`anchor`], [`align`], [`mine`] | units; what both languages name by one value; beads; terms |
//! | [`glossary`], [`export`], [`eval`], [`concordance`] | termbases; files to give away; scores against gold; words in memories |
//! | [`check`], [`update`] | what a reviser should look at; what of a translation holds when its source changes |
//! | [`config`], [`error`] | what can be tuned, what can fail |
//! | [`pipeline`], [`batch`] | one pair; a folder of them |
//! | [`review`] | what a person makes of a pair; with the feature of that name, its page |
//! | `cli` | the program, with the feature of that name |
//!
//! [aligned]: https://docs.rs/crate/bitext/latest/source/docs/alignment.md
//! [mined]: https://docs.rs/crate/bitext/latest/source/docs/terms.md
//! [measured]: https://docs.rs/crate/bitext/latest/source/docs/measuring.md

pub mod align;
pub mod anchor;
pub mod batch;
pub mod check;
pub mod clean;
#[cfg(feature = "cli")]
pub mod cli;
pub mod concordance;
pub mod config;
pub mod error;
pub mod eval;
pub mod export;
pub mod glossary;
pub mod lexicon;
pub mod mine;
pub mod numbering;
pub mod pipeline;
pub mod read;
pub mod review;
pub mod segment;
pub mod terms;
pub mod text;
pub mod tokenize;
pub mod types;
pub mod update;
