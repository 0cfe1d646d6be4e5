import KMeansLivePage
import Testing

/// Readers of the latest.
@Suite struct MailboxTests {
  @Test func `a slow reader gets the latest only`() async throws {
    let mailbox = Mailbox<Int>()
    for value in 1...1000 { mailbox.post(value) }
    let letter = try #require(await mailbox.next(after: 1))
    #expect(letter.value == 1000 && letter.number == 1000)
    // It has seen all there is, and waits for what comes.
    async let next = mailbox.next(after: letter.number)
    mailbox.post(1001)
    #expect(await next?.value == 1001)
  }

  @Test func `all who wait are woken`() async {
    let mailbox = Mailbox<Int>()
    await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<40 { group.addTask { await mailbox.next(after: 0)?.value } }
      mailbox.post(5)
      for await value in group { #expect(value == 5) }
    }
  }

  @Test func `a reader is woken without a value`() async {
    let mailbox = Mailbox<Int>()
    let reader = Task { await mailbox.next(after: 0) }
    // Whether it waits already is not seen from here.
    let waker = Task {
      while !Task.isCancelled {
        mailbox.nudge()
        await Task.yield()
      }
    }
    #expect(await reader.value == nil)
    waker.cancel()
  }

  @Test(arguments: [true, false])
  func `a reader that is cancelled gets nothing`(_ isEarly: Bool) async {
    let mailbox = Mailbox<Int>()
    let reader = Task {
      while isEarly, !Task.isCancelled { await Task.yield() }
      return await mailbox.next(after: 0)
    }
    if !isEarly { for _ in 0..<100 { await Task.yield() } }
    reader.cancel()
    #expect(await reader.value == nil)
  }

  @Test func `the 33rd page has no seat`() {
    let seats = Seats(Seats.most)
    for _ in 0..<32 { #expect(seats.take()) }
    #expect(!seats.take() && seats.taken == 32)
    seats.leave()
    #expect(seats.take() && !seats.take())
  }
}
