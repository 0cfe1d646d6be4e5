internal import KMeansKernelTypes

// Learning the rows of a group.
extension KeyedStep {
  /// Learns rows that were prepared last. The operations and their order are those of
  /// ``StreamLearner``: the tests compare all bits.
  ///
  /// - Returns: the inertia before and after.
  /// - Complexity: O(n k d).
  func learn(
    _ plan: Plan, _ model: KeyedModel, _ scratch: KeyedScratch<Scalar>
  ) -> (before: Double, after: Double) {
    assign(plan.rows, scratch)
    let inertia = sum(plan.rows, scratch)
    if plan.factor != 1 {
      for cluster in 0..<layout.clusters {
        model.weights[cluster] *= plan.factor
        model.momentWeights[cluster] *= plan.factor
      }
    }
    let (gain, now) = (gain(plan), plan.clock.now)
    for cluster in 0..<layout.clusters where scratch.weights[cluster] > 0 {
      let box = box(of: cluster, plan.rows, model, scratch, now: now, gain: gain)
      move(cluster, model, scratch, now: now, gain: gain)
      if let box {
        for column in 0..<layout.columns {
          let place = cluster * layout.columns + column
          model.centers[place] = min(max(model.centers[place], box.low[column]), box.high[column])
        }
      }
    }
    see(plan, model, scratch)
    var after = 0.0
    for cluster in 0..<layout.clusters where scratch.weights[cluster] > 0 {
      after += self.inertia(cluster, model, scratch)
    }
    model.set(plan.clock)
    model[layout.batchCount] += 1
    model[layout.pointCount] += plan.rows.count
    return (inertia, after)
  }

  /// Finds the nearest centroid of each row: the argmin of `directDistance`, the lowest on ties.
  private func assign(_ rows: WeightedRows<Scalar>, _ scratch: KeyedScratch<Scalar>) {
    let columns = layout.columns
    for row in 0..<rows.count {
      let values = rows.rows[row]
      var (best, label) = (kernels.directDistance(values, scratch.centroids, columns), 0)
      for cluster in 1..<max(1, layout.clusters) {
        let distance = kernels.directDistance(
          values, scratch.centroids + cluster &* columns, columns)
        if distance < best { (best, label) = (distance, cluster) }
      }
      scratch.labels[row] = Int32(truncatingIfNeeded: label)
      scratch.distances[row] = best
    }
  }

  /// Sums the rows, as ``BatchSums`` does.
  ///
  /// - Returns: the inertia.
  private func sum(_ rows: WeightedRows<Scalar>, _ scratch: KeyedScratch<Scalar>) -> Double {
    let (columns, stride, clusters) = (layout.columns, scratch.stride, layout.clusters)
    scratch.sums.update(repeating: 0, count: clusters * stride)
    scratch.squares.update(repeating: 0, count: clusters * stride)
    scratch.weights.update(repeating: 0, count: clusters)
    kernels.accumulateMoments(
      rows.rows.base, columns, rows.count, columns, scratch.centroids, columns, scratch.labels,
      rows.weights, scratch.sums, scratch.squares, stride)
    for row in 0..<rows.count {
      scratch.weights[Int(scratch.labels[row])] += rows.weight(row)
    }
    var inertia = 0.0
    for place in 0..<clusters * stride { inertia += scratch.squares[place] }
    return inertia
  }

  /// The box that a center must lie in after its step, where its points outweigh all before; see
  /// ``StreamLearner/boxes(of:now:gain:)``.
  private func box(
    of cluster: Int, _ rows: WeightedRows<Scalar>, _ model: KeyedModel,
    _ scratch: KeyedScratch<Scalar>, now: Double, gain: Double?
  ) -> (low: [Double], high: [Double])? {
    let unit = Double(rows.count + 16) * 0x1p-52
    let weight = scratch.weights[cluster] * now
    let before = model.weights[cluster]
    guard weight > 0, (gain ?? weight / (before + weight)) * (1 + unit) > 1 else { return nil }
    var box = ColumnBox<Scalar>(columns: layout.columns)
    for row in 0..<rows.count where Int(scratch.labels[row]) == cluster && rows.weight(row) > 0 {
      box.add(rows.rows[row])
    }
    let center = model.centers + cluster * layout.columns
    let columns = 0..<layout.columns
    return (
      columns.map { before > 0 ? min(Double(box.low[$0]), center[$0]) : Double(box.low[$0]) },
      columns.map { before > 0 ? max(Double(box.high[$0]), center[$0]) : Double(box.high[$0]) }
    )
  }

  /// Moves a center and its moments.
  private func move(
    _ cluster: Int, _ model: KeyedModel, _ scratch: KeyedScratch<Scalar>, now: Double,
    gain: Double?
  ) {
    let batchWeight = scratch.weights[cluster] * now
    guard batchWeight > 0 else { return }
    model.weights[cluster] += batchWeight
    let before = model.momentWeights[cluster]
    let after = before + batchWeight
    model.momentWeights[cluster] = after
    let step = LearningStep(
      gain: gain ?? batchWeight / model.weights[cluster], share: batchWeight / after,
      keptShare: before / after, weight: scratch.weights[cluster])
    let place = cluster * layout.columns
    _ = step.apply(
      model.centers + place, model.means + place, model.variances + place,
      UnsafePointer(scratch.centroids + place),
      UnsafePointer(scratch.sums + cluster * scratch.stride),
      UnsafePointer(scratch.squares + cluster * scratch.stride), layout.columns)
  }

  /// Notes when clusters got points.
  private func see(_ plan: Plan, _ model: KeyedModel, _ scratch: KeyedScratch<Scalar>) {
    for row in 0..<plan.rows.count {
      let cluster = Int(scratch.labels[row])
      model.lastSeen[cluster] = max(model.lastSeen[cluster], plan.times[row])
    }
  }

  /// The inertia of a cluster's rows to its new centroid; see
  /// ``BatchSums/inertia(_:movedFrom:to:)``.
  private func inertia(
    _ cluster: Int, _ model: KeyedModel, _ scratch: KeyedScratch<Scalar>
  ) -> Double {
    let (weight, place) = (scratch.weights[cluster], cluster * layout.columns)
    var sum = 0.0
    for column in 0..<layout.columns {
      let new = Double(Scalar(model.centers[place + column]))
      let step = new - Double(scratch.centroids[place + column])
      let sums = cluster * scratch.stride + column
      sum += scratch.squares[sums] + step * (weight * step - 2 * scratch.sums[sums])
    }
    return max(0, sum)
  }
}
