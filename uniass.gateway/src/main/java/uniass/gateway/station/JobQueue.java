/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The images that wait for a station, at most so many. Used under the lock of its lane. */
final class JobQueue {

  private final Deque<Job> jobs = new ArrayDeque<>();
  private final int length;
  private final boolean dropsOldest;

  JobQueue(int length, boolean dropsOldest) {
    this.length = length;
    this.dropsOldest = dropsOldest;
  }

  /**
   * Adds an image.
   *
   * @return the image that has no place: the new one, or the oldest; empty if all have
   */
  Optional<Job> add(Job job) {
    if (jobs.size() < length) {
      jobs.add(job);
      return Optional.empty();
    }
    if (!dropsOldest) {
      return Optional.of(job);
    }
    Job oldest = jobs.remove();
    jobs.add(job);
    return Optional.of(oldest);
  }

  /** The oldest image, or null. */
  Job poll() {
    return jobs.poll();
  }

  int size() {
    return jobs.size();
  }

  int length() {
    return length;
  }
}
