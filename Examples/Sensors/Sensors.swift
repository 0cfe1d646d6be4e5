// Learns from sensor readings as they come: what is usual now, what looks odd, and when that
// changes.
import Clustering

@main
enum Sensors {
  static func main() throws {
    var stream = StreamingKMeans<Float>(
      clusterCount: 3, forgetting: .halfLife(5, .batches), seed: 1)
    let latest = LatestModel<Float>()  // for readers on other threads: `latest.model`

    for batch in 0..<80 {
      let readings = try Readings.batch(batch)
      // Predict, then learn: in this order, with one assignment for both.
      let (predictions, report) = try stream.predictThenUpdate(readings.view)
      let scores = predictions?.outlierScores ?? []
      let odd = scores.indices.filter { scores[$0] > 6 }
      if let first = odd.first {
        print(
          "batch \(batch): \(odd.count) rows look odd, row \(first) is \(scores[first]) radii off")
      }
      for event in report.events {
        switch event.kind {
        case .born: print("batch \(batch): cluster \(event.cluster) appears")
        case .died: print("batch \(batch): cluster \(event.cluster) is forgotten")
        case .split(let parent):
          print("batch \(batch): cluster \(event.cluster) splits from \(parent)")
        }
      }
      latest.publish(stream.latestModel)
    }

    guard let model = latest.model else { return }
    for (cluster, id) in stream.ids.enumerated() {
      let place = (0..<2).map { String(model.centroids[cluster][$0]) }.joined(separator: ", ")
      print("cluster \(id) at (\(place)), worth \(Int(model.clusterWeights[cluster])) readings")
    }
  }
}

/// Two sensors in three states. After 30 batches the third one never comes again, and after 60 the
/// first one has moved.
enum Readings {
  static func batch(_ number: Int) throws -> Matrix<Float> {
    var rows: [[Float]] = []
    for index in 0..<120 {
      let state = number < 30 ? index % 3 : index % 2
      let center: [Float] = [[number < 60 ? 0 : 3, 0], [10, 1], [5, 20]][state]
      // Regular noise is good enough here.
      let turn = Float((index * 37 + number * 11) % 120) / 120
      let distance = Float((index * 53 + number * 29) % 97) / 97
      rows.append([center[0] + distance * (turn - 0.5), center[1] + distance * (0.5 - turn * turn)])
    }
    if number == 25 { rows[7] = [40, 40] }
    return try Matrix(rows)
  }
}
