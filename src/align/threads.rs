//! The work on one document, on several threads.
//!
//! It is cut into pieces of a fixed size, done by whoever is free and taken in their order, so
//! that what comes out is the same for any number of threads.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many pieces for each thread may be begun before the first of them is taken: what is done
/// and waits takes memory.
const AHEAD: usize = 4;

/// How many threads work on a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Threads(usize);

/// A piece that is done, or the panic that ended it.
type Done<T> = Result<T, Box<dyn Any + Send>>;

/// Where the work stands.
struct Progress<T> {
    /// The first piece that nobody has begun.
    next: usize,
    /// The first that is not taken.
    taken: usize,
    /// Pieces that wait for those before them.
    done: BTreeMap<usize, Done<T>>,
}

impl Threads {
    /// The one that asks.
    pub(crate) const ONE: Self = Self(1);

    /// So many; none is one.
    pub(crate) fn new(n: usize) -> Self {
        Self(n.max(1))
    }

    /// Does pieces of a range, each of at most `size`, and takes what comes of them in order.
    ///
    /// `begin` makes what a thread works with; it gets its pieces in rising order. What is taken
    /// is taken on the thread that called.
    ///
    /// # Panics
    ///
    /// As the work of a piece does.
    pub(crate) fn each<W, T: Send>(
        self,
        len: usize,
        size: usize,
        begin: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, Range<usize>) -> T + Sync,
        mut take: impl FnMut(T),
    ) {
        let n = len.div_ceil(size.max(1));
        let piece = |at: usize| at * size..len.min((at + 1) * size);
        let threads = self.0.min(n);
        if threads < 2 {
            let mut own = begin();
            (0..n).for_each(|at| take(work(&mut own, piece(at))));
            return;
        }
        let progress = Mutex::new(Progress { next: 0, taken: 0, done: BTreeMap::new() });
        let changed = Condvar::new();
        let ahead = AHEAD * threads;
        // Nothing panics while the lock is held.
        let lock = || progress.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = |held: MutexGuard<'_, _>| drop(changed.wait(held));
        let claim = |held: &mut Progress<T>| {
            let at = held.next;
            let may_begin = at < n && at < held.taken + ahead;
            held.next += usize::from(may_begin);
            may_begin.then_some(at)
        };
        let finish = |own: &mut W, at: usize| {
            let done = catch_unwind(AssertUnwindSafe(|| work(own, piece(at))));
            lock().done.insert(at, done);
            changed.notify_all();
        };
        let help = || {
            let mut own = begin();
            loop {
                let mut held = lock();
                match claim(&mut held) {
                    Some(at) => {
                        drop(held);
                        finish(&mut own, at);
                    }
                    None if held.next >= n => return,
                    None => wait(held),
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads {
                // Where the system gives no more threads, those there are do the work.
                if thread::Builder::new().spawn_scoped(scope, help).is_err() {
                    break;
                }
            }
            // Whatever ends this thread's part, nobody waits for it.
            let _stop = AtEnd(|| {
                lock().next = n;
                changed.notify_all();
            });
            let mut own = begin();
            loop {
                let mut held = lock();
                let first = held.taken;
                if let Some(done) = held.done.remove(&first) {
                    held.taken += 1;
                    drop(held);
                    changed.notify_all();
                    take(done.unwrap_or_else(|panic| resume_unwind(panic)));
                } else if first == n {
                    return;
                } else if let Some(at) = claim(&mut held) {
                    drop(held);
                    finish(&mut own, at);
                } else {
                    wait(held);
                }
            }
        });
    }

    /// What comes of two pieces of work.
    pub(crate) fn both<A: Send, B>(
        self,
        a: impl FnOnce() -> A + Send,
        b: impl FnOnce() -> B,
    ) -> (A, B) {
        if self.0 < 2 {
            return (a(), b());
        }
        thread::scope(|scope| {
            let a = scope.spawn(a);
            let b = b();
            (a.join().unwrap_or_else(|panic| resume_unwind(panic)), b)
        })
    }
}

/// Does something when it is dropped.
struct AtEnd<F: Fn()>(F);

impl<F: Fn()> Drop for AtEnd<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_taken_in_order_whoever_does_them() {
        for threads in [0, 1, 2, 5] {
            for len in [0, 1, 10, 1000] {
                let mut taken = Vec::new();
                let last = || 0;
                let squares = |last: &mut usize, range: Range<usize>| {
                    assert!(range.start >= *last, "a thread goes on, never back");
                    *last = range.end;
                    range.map(|n| n * n).collect::<Vec<_>>()
                };
                Threads::new(threads)
                    .each(len, 3, last, squares, |piece| taken.extend(piece));
                assert_eq!(taken, (0..len).map(|n| n * n).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_panic_of_a_piece_ends_the_work() {
        let work = |(): &mut (), range: Range<usize>| {
            assert!(range.start != 7, "piece 7 is no good");
        };
        for threads in [1, 3] {
            let run = || Threads::new(threads).each(100, 1, || (), work, |()| ());
            assert!(catch_unwind(run).is_err());
            let take = |piece: usize| assert!(piece != 7, "piece 7 is not wanted");
            let run = || {
                let work = |(): &mut (), range: Range<usize>| range.start;
                Threads::new(threads).each(100, 1, || (), work, take);
            };
            assert!(catch_unwind(run).is_err());
        }
    }

    #[test]
    fn both_are_done() {
        for threads in [1, 2] {
            assert_eq!(Threads::new(threads).both(|| 1, || "two"), (1, "two"));
        }
    }
}
