/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.RunEvent;
import uniass.api.experiment.RunEvent.Kind;
import uniass.api.experiment.RunListener;

/** What others are told of runs, and that runs wait for each other. */
class RunEventsTest {

  private static final String NAME = "events";

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = Patience.MILLISECONDS)
  CommandLine commandLine;

  @TempDir Path folder;

  @Test
  void twoRunsWaitForEachOtherAndTellListenersAndHandlers() throws Exception {
    Path experiment = Tiny.experiment(commandLine, folder, "identity", 2);
    CountDownLatch queued = new CountDownLatch(1);
    Queue<RunEvent> told = new ConcurrentLinkedQueue<>();
    Queue<Event> posted = new ConcurrentLinkedQueue<>();
    CountDownLatch bothPosted = new CountDownLatch(2);
    RunListener listener =
        event -> {
          if (event.run().startsWith(NAME)) {
            told.add(event);
            if (event.kind() == Kind.QUEUED) {
              queued.countDown();
            } else if (event.kind() == Kind.STARTED) {
              await(queued); // so that the second finds the first at work
            }
          }
        };
    EventHandler handler =
        event -> {
          if (!String.valueOf(event.getProperty("run")).startsWith(NAME)) {
            return;
          }
          posted.add(event);
          if (event.getTopic().endsWith("FINISHED")) {
            bothPosted.countDown();
          }
        };
    ServiceRegistration<RunListener> listening =
        context.registerService(RunListener.class, listener, null);
    ServiceRegistration<EventHandler> handling =
        context.registerService(
            EventHandler.class,
            handler,
            new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, "uniass/run/*")));
    try (BackgroundTraining one =
            new BackgroundTraining(commandLine, NAME, experiment, folder.resolve("one"));
        BackgroundTraining two =
            new BackgroundTraining(commandLine, NAME, experiment, folder.resolve("two"))) {
      one.await().done();
      two.await().done();
      assertTrue(await(bothPosted), "handlers are told of both ends");
    } finally {
      listening.unregister();
      handling.unregister();
    }

    List<RunEvent> turns =
        told.stream().filter(e -> e.kind() == Kind.STARTED || e.kind() == Kind.FINISHED).toList();
    assertEquals(
        List.of(Kind.STARTED, Kind.FINISHED, Kind.STARTED, Kind.FINISHED),
        turns.stream().map(RunEvent::kind).toList(),
        "the second began after the first had ended");
    assertEquals(turns.get(0).run(), turns.get(1).run());
    String second = turns.get(2).run();
    assertTrue(
        told.stream().anyMatch(e -> e.kind() == Kind.QUEUED && e.run().equals(second)),
        "the second was told to wait: " + told);
    List<RunEvent> epochs = told.stream().filter(e -> e.kind() == Kind.EPOCH).toList();
    assertEquals(List.of(1, 2, 1, 2), epochs.stream().map(RunEvent::epoch).toList());
    for (RunEvent epoch : epochs) {
      Event same =
          posted.stream()
              .filter(e -> e.getTopic().equals("uniass/run/EPOCH"))
              .filter(e -> e.getProperty("run").equals(epoch.run()))
              .filter(e -> e.getProperty("epoch").equals(epoch.epoch()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(epoch + " was not posted"));
      assertTrue(epoch.values().get("loss") > 0, epoch.toString());
      assertEquals(epoch.values().get("loss"), same.getProperty("loss"));
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(Patience.SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
