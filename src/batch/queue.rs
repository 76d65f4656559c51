//! Many tasks on a few threads.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Stack of a thread, in bytes: as much as the first thread of a program has on Linux and
/// macOS, so that nothing fails on many threads that works on one.
const STACK: usize = 8 << 20;

/// A task that broke off: a fault of the program, told with its message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Panicked(pub String);

/// Does the tasks of `order` on `jobs` threads, the first of the order first, and gives what
/// they gave, by the number of the task. The order is one of all tasks, `0..order.len()`.
///
/// `work` is told the task and which of the threads does it. A task that panics is caught;
/// the others go on. What comes out does not depend on the number of threads or the order,
/// if the work of a task does not.
///
/// # Panics
///
/// If the order is none of all tasks.
pub fn run<T: Send>(
    order: &[usize],
    jobs: usize,
    work: impl Fn(usize, usize) -> T + Sync,
) -> Vec<Result<T, Panicked>> {
    let next = AtomicUsize::new(0);
    let mut slots: Vec<Option<Result<T, Panicked>>> = Vec::new();
    slots.resize_with(order.len(), || None);
    let results = Mutex::new(slots);
    let worker = |thread: usize| {
        while let Some(&task) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = catch_unwind(AssertUnwindSafe(|| work(task, thread)));
            let result = result.map_err(|panic| Panicked(message(panic.as_ref())));
            // No panic while the lock is held, so it is never poisoned.
            results.lock().expect("no work is done under the lock")[task] = Some(result);
        }
    };
    thread::scope(|scope| {
        for thread in 1..jobs.clamp(1, order.len().max(1)) {
            let spawned =
                thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                    worker(thread);
                });
            if spawned.is_err() {
                break; // the system gives no more threads; those there are do the work
            }
        }
        worker(0);
    });
    let slots = results.into_inner().expect("no work is done under the lock");
    slots.into_iter().map(|slot| slot.expect("every task is of the order")).collect()
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        let order: Vec<usize> = (0..100).rev().collect();
        for jobs in [0, 1, 2, 7] {
            let squares = run(&order, jobs, |task, _| task * task);
            let squares: Vec<usize> = squares.into_iter().map(Result::unwrap).collect();
            assert_eq!(squares, (0..100).map(|n| n * n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_task_that_panics_does_not_stop_the_others() {
        let results = run(&[0, 1, 2], 2, |task, _| {
            assert!(task != 1, "task {task} is no good");
            task
        });
        assert_eq!(results[0], Ok(0));
        assert_eq!(results[1], Err(Panicked("task 1 is no good".into())));
        assert_eq!(results[2], Ok(2));
    }

    #[test]
    fn no_tasks_give_nothing() {
        assert!(run(&[], 4, |task, _| task).is_empty());
    }
}
