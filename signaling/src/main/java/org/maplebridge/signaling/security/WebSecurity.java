package org.maplebridge.signaling.security;

import jakarta.servlet.DispatcherType;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// Which door needs what, and the headers every answer carries.
///
/// There is no cookie, so no cross-site request can use somebody's sign-in, and CSRF tokens would
/// protect nothing.
public final class WebSecurity {
    /// Pages load nothing from elsewhere. `blob:` is what a page makes itself: snapshots, media.
    static final String CONTENT_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:;"
                    + " img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self';"
                    + " manifest-src 'self'; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    static final String PERMISSIONS =
            "camera=(self), microphone=(self), display-capture=(self), screen-wake-lock=(self),"
                    + " geolocation=(self), fullscreen=(self), autoplay=(self), hid=(self),"
                    + " speaker-selection=(self), payment=(), usb=(), serial=(), bluetooth=(),"
                    + " browsing-topics=()";

    private static final String[] OPEN = {
        "/api/login", "/api/openapi.json", "/actuator/health/**", "/actuator/prometheus"
    };

    private WebSecurity() {}

    public static SecurityFilterChain chain(HttpSecurity http, Callers callers, int maxBodyBytes) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(WebSecurity::headers)
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(
                                        (_, response, _) -> {
                                            response.setHeader("WWW-Authenticate", "Bearer");
                                            Problem.UNAUTHORIZED.write(response);
                                        })
                                .accessDeniedHandler(
                                        (_, response, _) -> Problem.FORBIDDEN.write(response)))
                .addFilterBefore(new BodyLimitFilter(maxBodyBytes), AuthorizationFilter.class)
                .addFilterBefore(new BearerFilter(callers), BodyLimitFilter.class)
                .authorizeHttpRequests(doors ->
                        doors.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(OPEN)
                                .permitAll()
                                .requestMatchers(HttpMethod.OPTIONS, "/whip/**", "/whep/**")
                                .permitAll()
                                .requestMatchers("/whip/**", "/whep/**")
                                .authenticated()
                                .requestMatchers("/api/**", "/ws", "/actuator/**")
                                .hasAuthority(CallerAuthentication.PERSON)
                                .requestMatchers(HttpMethod.GET, "/**")
                                .permitAll()
                                .requestMatchers(HttpMethod.HEAD, "/**")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .build();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .contentTypeOptions(Customizer.withDefaults())
                .httpStrictTransportSecurity(Customizer.withDefaults());
    }
}
