internal import Dispatch

/// Runs what computes for long on a thread of its own: those of the concurrency runtime are few,
/// and all tasks wait for them. A serial queue, for on Linux concurrent ones share these threads.
final class ComputingThread: TaskExecutor {
  private let queue = DispatchQueue(label: "kmeans.fit")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// The same for an actor that computes for long.
final class ComputingActorThread: SerialExecutor {
  private let queue = DispatchQueue(label: "kmeans.stream")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
