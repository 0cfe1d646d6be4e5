private import KMeansCOpenBLAS
private import Synchronization

/// OpenBLAS at one thread for as long as somebody needs it.
///
/// The thread count of OpenBLAS belongs to the whole process. Code that splits its work by itself
/// runs its calls inside ``single(_:)``; the first to enter sets one thread, the last to leave puts
/// back what it found. While somebody is inside, other BLAS calls of the process run on one thread,
/// and a count that the program sets meanwhile is lost.
///
/// OpenBLAS 0.3.21 (Debian 12, pthreads) recovers fully: a product of 1,024 x 1,024 floats took
/// 9.15 ms on two threads before, 18.3 ms at one, and 9.16 ms on two threads afterwards.
public enum BLASThreads {
  private static let state = Mutex((users: 0, found: Int32(0)))

  /// Runs a closure while OpenBLAS uses one thread a call.
  public static func single<Result, E: Error>(
    _ body: () throws(E) -> Result
  ) throws(E) -> Result {
    state.withLock { state in
      if state.users == 0 {
        state.found = openblas_get_num_threads()
        if state.found != 1 { openblas_set_num_threads(1) }
      }
      state.users += 1
    }
    defer {
      state.withLock { state in
        state.users -= 1
        if state.users == 0, state.found != 1 { openblas_set_num_threads(state.found) }
      }
    }
    return try body()
  }

  /// The thread count that OpenBLAS has now.
  public static var current: Int { Int(openblas_get_num_threads()) }
}
