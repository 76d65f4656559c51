//! Which lemmas a character brings into the glosses of the words it stands in.
//!
//! IBM Model 1 over the dictionary itself, headwords being sentences of characters and
//! glosses their translations. 缔 alone has hardly a gloss, yet 缔结, 缔约 and 缔造 say what
//! it does.
//!
//! Source: Brown et al. 1993 (Computational Linguistics 19:2), section 4.1.

/// Rounds of expectation and maximisation. More change little: the probabilities that matter
/// have settled.
const ROUNDS: usize = 6;

/// Probability of a lemma that no character of the headword accounts for.
const NULL: f64 = 1e-4;

/// Added to the count of a character before dividing: holds rare characters back.
const DAMPING: f64 = 1.0;

/// Probabilities up to this are left out.
pub(crate) const FLOOR: f64 = 0.004;

/// A pair of a headword and one gloss, as numbers of characters and lemmas.
pub(crate) struct Example {
    pub(crate) chars: Vec<u16>,
    pub(crate) lemmas: Vec<u32>,
}

/// The probabilities above [`FLOOR`], sorted by character, then lemma.
///
/// The arithmetic runs in one fixed order, without functions whose last digit differs from
/// machine to machine.
pub(crate) fn train(examples: &[Example]) -> Vec<(u16, u32, f64)> {
    let pairs = pairs_of(examples);
    let links = links_of(examples, &pairs);
    let mut probability = uniform(&pairs);
    for _ in 0..ROUNDS {
        probability = improve(&pairs, &links, &probability);
    }
    let kept = pairs.into_iter().zip(probability).filter(|&(_, p)| p > FLOOR);
    kept.map(|((c, lemma), p)| (c, lemma, p)).collect()
}

/// All characters and lemmas that meet, sorted.
fn pairs_of(examples: &[Example]) -> Vec<(u16, u32)> {
    let mut pairs: Vec<(u16, u32)> = examples
        .iter()
        .flat_map(|example| {
            let lemmas = &example.lemmas;
            example.chars.iter().flat_map(move |&c| lemmas.iter().map(move |&e| (c, e)))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// For every lemma of every example, the places in `pairs` of the characters it may come
/// from.
fn links_of(examples: &[Example], pairs: &[(u16, u32)]) -> Vec<Vec<u32>> {
    let place = |pair| {
        let place = pairs.binary_search(&pair).expect("the pairs hold every meeting");
        bitext::lexicon::layout::size(place)
    };
    examples
        .iter()
        .flat_map(|example| {
            let chars = &example.chars;
            example
                .lemmas
                .iter()
                .map(move |&lemma| chars.iter().map(|&c| place((c, lemma))).collect())
        })
        .collect()
}

/// Every lemma that meets a character, equally likely.
fn uniform(pairs: &[(u16, u32)]) -> Vec<f64> {
    let mut probability = Vec::with_capacity(pairs.len());
    for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
        let n = u32::try_from(of_one.len()).expect("fewer lemmas than four billion");
        probability.extend(of_one.iter().map(|_| 1.0 / f64::from(n)));
    }
    probability
}

/// One round.
fn improve(pairs: &[(u16, u32)], links: &[Vec<u32>], probability: &[f64]) -> Vec<f64> {
    let mut counts = vec![0.0; pairs.len()];
    for link in links {
        let mass: f64 = link.iter().map(|&k| probability[k as usize]).sum();
        for &k in link {
            counts[k as usize] += probability[k as usize] / (mass + NULL);
        }
    }
    let mut start = 0;
    for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
        let counts = &mut counts[start..start + of_one.len()];
        let total = counts.iter().sum::<f64>() + DAMPING;
        counts.iter_mut().for_each(|count| *count /= total);
        start += of_one.len();
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_earns_the_lemma_it_shares_with_all_its_words() {
        // 0 and 1 meet lemma 7 together; 0 also without 1, 1 without 7.
        let example = |chars: &[u16], lemmas: &[u32]| Example {
            chars: chars.to_vec(),
            lemmas: lemmas.to_vec(),
        };
        let examples = [
            example(&[0, 1], &[7, 8]),
            example(&[0, 2], &[7, 9]),
            example(&[1, 2], &[8, 9]),
        ];
        let table = train(&examples);
        let p = |c, lemma| {
            table
                .iter()
                .find(|entry| (entry.0, entry.1) == (c, lemma))
                .map_or(0.0, |e| e.2)
        };
        assert!(p(0, 7) > 5.0 * p(0, 8).max(p(0, 9)));
        assert!(p(1, 8) > 5.0 * p(1, 7));
    }

    #[test]
    fn nothing_is_learned_from_nothing() {
        assert!(train(&[]).is_empty());
    }
}
