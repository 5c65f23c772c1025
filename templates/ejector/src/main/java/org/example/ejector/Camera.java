package org.example.ejector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.gateway.InspectionResult;
import uniass.gateway.Stations;

/**
 * Has station {@code default} inspect an image every second: the file that the system property
 * {@code camera.image} names. Replace it by the camera's driver. A component of its own, because the
 * gateway waits for its sinks: what is a sink cannot wait for the gateway.
 */
@Component(immediate = true, service = {})
public final class Camera {

  private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

  private final Stations stations;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /** Begins, as soon as the gateway is there. */
  @Activate
  public Camera(@Reference Stations stations) {
    this.stations = stations;
    clock.scheduleWithFixedDelay(this::take, 1, 1, TimeUnit.SECONDS);
  }

  private void take() {
    try {
      byte[] file = Files.readAllBytes(Path.of(System.getProperty("camera.image", "part.png")));
      InspectionResult result = stations.submit("default", "camera", file).get();
      LOG.warn("inspected: {}", result.verdict());
    } catch (UniassException e) { // refused: full, not ready, ...
      LOG.warn("{}", e.getMessage());
    } catch (ExecutionException | IOException e) { // no result: late, not an image, ...
      LOG.warn("{}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends. */
  @Deactivate
  public void stop() {
    clock.shutdownNow();
  }
}
