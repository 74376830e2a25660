package org.ikebana.ike.service;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/** Gets documents by HTTP: revocation lists with GET, statuses with POST (RFC 6960 A.1). */
final class HttpDocuments implements AutoCloseable {
    static final int MAX_REDIRECTS = 3;
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    private @Nullable HttpClient client;

    /** Blocks no longer than until the deadline. */
    Fetched get(URI uri, Fetch what, Deadline deadline) {
        URI at = uri;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            CompletableFuture<HttpResponse<byte[]>> exchange = client().sendAsync(
                            request(at, what, deadline),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), what.limit()));
            try {
                HttpResponse<byte[]> response = exchange.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
                Optional<URI> next = redirection(at, response);
                if (next.isEmpty()) {
                    return content(response);
                }
                at = next.get();
            } catch (TimeoutException e) {
                return ServerTurns.tooLate();
            } catch (ExecutionException e) {
                return new Fetched.Failed(reason(e.getCause(), what));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Fetched.Failed("the daemon ends");
            } finally {
                exchange.cancel(true);
            }
        }
        return new Fetched.Failed("it leads from one place to another more than " + MAX_REDIRECTS + " times");
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
            client = null;
        }
    }

    /** There is none, and no thread of it, before there is something to fetch. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(TO_CONNECT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
        }
        return client;
    }

    private static HttpRequest request(URI uri, Fetch what, Deadline deadline) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(deadline.left().plusMillis(1));
        what.question()
                .ifPresent(question -> request.header("Content-Type", "application/ocsp-request")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(question.toByteArray())));
        return request.build();
    }

    private static Fetched content(HttpResponse<byte[]> response) {
        return response.statusCode() == 200
                ? new Fetched.Content(Octets.wrap(response.body()))
                : new Fetched.Failed("the server answers " + response.statusCode());
    }

    /** To another place by HTTP; what leads elsewhere is an answer that is of no use. */
    private static Optional<URI> redirection(URI from, HttpResponse<byte[]> response) {
        boolean leadsOn = switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        return leadsOn ? response.headers().firstValue("Location").flatMap(to -> resolve(from, to)) : Optional.empty();
    }

    private static Optional<URI> resolve(URI from, String to) {
        try {
            return Optional.of(from.resolve(to))
                    .filter(uri -> "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String reason(@Nullable Throwable cause, Fetch what) {
        String message = cause == null ? null : cause.getMessage();
        if (cause instanceof HttpConnectTimeoutException) {
            return "no connection within " + TO_CONNECT.toSeconds() + " s";
        }
        if (cause instanceof HttpTimeoutException) {
            return "no answer within " + Fetch.PATIENCE.toSeconds() + " s";
        }
        if (cause instanceof ConnectException) {
            return "no connection" + (message == null ? "; is the server's name right?" : ": " + message);
        }
        if (message != null && message.contains("exceeds capacity")) {
            return "its answer has more than " + what.limit() + " octets";
        }
        return message == null ? "no HTTP answer" : message.replaceAll("[^ -~]", "?");
    }
}
