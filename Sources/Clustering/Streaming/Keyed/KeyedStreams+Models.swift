internal import KMeansFiles

/// A stream that is not in a piece of memory of its pool: it waits for rows, or has what no such
/// piece holds.
final class WholeStream<Scalar: ClusteringScalar> {
  var stream: StreamingKMeans<Scalar>
  init(_ stream: StreamingKMeans<Scalar>) { self.stream = stream }
}

// The models of a pool by their numbers.
extension KeyedStreams {
  func isInUse(_ number: Int) -> Bool { !keys[number].text.isEmpty }

  /// A copy of the stream of a model.
  func stream(_ number: Int) -> StreamingKMeans<Scalar> {
    whole[number]?.stream ?? StreamingKMeans(slabs![number], single)
  }

  /// Replaces the stream of a model.
  func put(_ stream: StreamingKMeans<Scalar>, _ number: Int) {
    isChanged[number] = true
    if let slabs, stream.isCompact, stream.learner!.columns == slabs.layout.columns {
      stream.write(to: slabs[number])
      whole[number] = nil
    } else if let box = whole[number] {
      box.stream = stream
    } else {
      whole[number] = WholeStream(stream)
    }
  }

  /// Takes a number for a key.
  func add(_ key: ExactText, _ stream: StreamingKMeans<Scalar>) -> Int {
    let number = free.popLast().map(Int.init) ?? keys.count
    if number == keys.count {
      keys.append(key)
      whole.append(nil)
      isChanged.append(false)
      groups.append(-1)
      slabs?.reserve(keys.count)
    } else {
      keys[number] = key
    }
    numbers[key] = Int32(truncatingIfNeeded: number)
    order.use(number, isNew: true)
    put(stream, number)
    return number
  }

  /// Forgets a model.
  func remove(_ number: Int) {
    numbers[keys[number]] = nil
    keys[number] = ""
    whole[number] = nil
    order.remove(number)
    free.append(Int32(truncatingIfNeeded: number))
  }

  /// Writes models to the folder, on all threads.
  ///
  /// - Returns: those that were written, and the first problem of another.
  func store(_ models: [Int]) -> (written: [Int], problem: FileError?) {
    guard let folder else { return ([], nil) }
    var problems = [FileError?](repeating: nil, count: models.count)
    problems.withUnsafeMutableBufferPointer { problems in
      nonisolated(unsafe) let (problems, pool) = (problems, self)
      Workers.share(models.count, among: parameters.execution.threadCount) { queue in
        while let turn = queue.next() {
          let number = models[turn]
          guard pool.isChangedOrNew(number) else { continue }
          do throws(FileError) {
            try folder.write(pool.stream(number), of: pool.keys[number])
          } catch {
            problems[turn] = error
          }
        }
      }
    }
    let written = models.indices.filter { problems[$0] == nil }.map { models[$0] }
    for number in written { isChanged[number] = false }
    return (written, problems.lazy.compactMap { $0 }.first)
  }

  private func isChangedOrNew(_ number: Int) -> Bool { isChanged[number] }

  /// Sends models that were not used for longest to the folder, until no more than may be are here.
  func shrink(_ report: inout KeyedBatchReport) {
    guard let capacity, folder != nil, count > capacity else { return }
    let (written, problem) = store(order.oldest(count - capacity))
    for number in written { remove(number) }
    report.storedModels = written.count
    report.storageProblem = problem
  }
}
